// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which measurement of one session answers which of the other. Layers are aligned by the longest
// common sequence of their operators, in file order: where both models have the same operators
// that is index by index, and where one has more (a QUANTIZE in front) the rest still meets. Models
// of thousands of layers that differ are too many for that: their layers meet by index alone.
// Everything else is paired by its key. Quantities never mix.

#include <string>
#include <vector>

#include "types/session.h"

namespace statistics {

struct MeasurementPair {
    const types::Measurement* baseline = nullptr;  ///< into the sessions given
    const types::Measurement* candidate = nullptr;
};

struct Pairing {
    std::vector<MeasurementPair> layers, others;
    std::vector<std::string> unmatched;  ///< "#3 QUANTIZE (us), candidate only"
};

Pairing pairMeasurements(const types::Session& baseline, const types::Session& candidate);

}  // namespace statistics

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairs the measurements of two sessions. Layers are aligned by the longest common subsequence of
// their operators, in file order: with equal operators this is index by index, and with additional
// ones (a QUANTIZE in front) the rest still matches. Different models of thousands of layers are
// too large for that and are paired by index alone. Everything else is paired by key. Quantities
// are never mixed.

#include <string>
#include <vector>

#include "types/session.h"

namespace statistics {

struct MeasurementPair {
    const types::Measurement* baseline = nullptr;  ///< refer to the given sessions
    const types::Measurement* candidate = nullptr;
};

struct Pairing {
    std::vector<MeasurementPair> layers, others;
    std::vector<std::string> unmatched;  ///< "#3 QUANTIZE (us), candidate only"
};

Pairing pairMeasurements(const types::Session& baseline, const types::Session& candidate);

}  // namespace statistics

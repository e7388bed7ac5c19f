// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// apply(): carries out a Variation. The result is a Graph like any other: validated, ready to be
// planned, run, costed and written. Knobs act in the order that types/variation.h states.

#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace transform {

struct Varied {
    types::GraphPtr graph;             ///< the very same Graph where nothing changed
    std::vector<std::string> changes;  ///< one sentence per channel group or layer, for people
};

/// What knobs that learn from data are given, and how the work is watched.
struct ApplyContext {
    /// Samples for ranges, reconstruction and sensitivity; null: ranges are taken from the model's
    /// own quantization where it has one, else from seeded random inputs, and `changes` says so.
    calibration::RealInputsPtr calibration = {};
    types::Work work = {};

    /// The same for one part of the work.
    ApplyContext part(double from, double to) const { return {calibration, work.part(from, to)}; }
};

types::Result<Varied> apply(const types::GraphPtr& graph, const types::Variation& variation,
                            const ApplyContext& context = {});

}  // namespace transform

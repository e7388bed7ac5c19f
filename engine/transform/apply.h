// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// apply(): carries out a Variation. The result is a complete Graph: validated, ready to be planned,
// run, costed and written. Knobs act in the order of types/variation.h.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace transform {

class SharedNarrowing;

struct Varied {
    types::GraphPtr graph;             ///< the same Graph where nothing changed
    std::vector<std::string> changes;  ///< display text, one sentence per channel group or layer
};

/// Data for knobs that calibrate, and the control of the work.
struct ApplyContext {
    /// Samples for ranges, reconstruction and sensitivity; null: ranges come from the model's own
    /// quantization where it has one, else from seeded random inputs, which `changes` reports.
    calibration::RealInputsPtr calibration = {};
    types::Work work = {};
    /// Trains the model after its channels and weights were removed, and quantizes it, in place of
    /// quantize::quantize(); empty: no training.
    std::function<types::Result<types::GraphPtr>(
        const types::GraphPtr& graph, const types::Variation& variation,
        const ApplyContext& context, std::vector<std::string>& changes)>
        train = {};
    /// What variations of one model share (shared_narrowing.h); null: nothing.
    std::shared_ptr<SharedNarrowing> shared = {};

    /// The same for one part of the work.
    ApplyContext part(double from, double to) const {
        return {calibration, work.part(from, to), train, shared};
    }
};

types::Result<Varied> apply(const types::GraphPtr& graph, const types::Variation& variation,
                            const ApplyContext& context = {});

}  // namespace transform

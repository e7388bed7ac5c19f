// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// evaluate(): the central function: apply -> count -> plan -> schedule -> lower -> predict -> run
// on samples. The window, the command line and every search call it, so all show the same numbers.
//
// Thread rules: a pure function; may be called from many threads at once.

#include <memory>

#include "engine/vary_on_data.h"
#include "scoring/sample_selection.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

class SharedOriginal;

struct EvaluateOptions {
    /// Random inputs for the comparison with the original without a dataset; 0: no comparison.
    int32_t samples = 8;
    uint64_t sampleSeed = 1;
    scoring::SampleSelection data;  ///< evaluation and calibration samples; both may be missing
    /// Also deflate the file (Totals::compressedBytes); always done where weights are set to zero.
    bool compress = false;
    TrainingControl training;  ///< of a variation that is trained
    /// Errors of each layer, which many variations in a row do without.
    bool layerErrors = true;
    /// What many evaluations of one model on the same data share; null: nothing.
    std::shared_ptr<SharedOriginal> shared = {};
};

/// `device` may be null (then without latency, energy and budgets). An op that cannot run or has no
/// cost figure does not fail the evaluation: the Evaluation names it with the reason.
types::Result<types::EvaluationPtr> evaluate(const types::GraphPtr& graph,
                                             const types::Variation& variation,
                                             const types::DevicePtr& device,
                                             const EvaluateOptions& options = {},
                                             const types::Work& work = {});

}  // namespace engine

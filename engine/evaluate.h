// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// evaluate(): the one verb. apply -> count -> plan -> lower -> predict -> run on samples. The
// window, the command line and every search call it; nothing else computes these numbers.
//
// Thread rules: a pure function; call it from any thread, many at once.

#include "scoring/sample_selection.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

struct EvaluateOptions {
    int32_t samples = 8;  ///< random inputs that compare with the original where no dataset does
    uint64_t sampleSeed = 1;
    scoring::SampleSelection data;  ///< evaluation and calibration samples; both may be missing
    /// Also deflate the file (Totals::compressedBytes); done anyway where weights are set to zero.
    bool compress = false;
};

/// `device` may be null (no latency, energy or budgets then). An op that cannot run or has no cost
/// figure does not fail the evaluation: the Evaluation says which and why.
types::Result<types::EvaluationPtr> evaluate(const types::GraphPtr& graph,
                                             const types::Variation& variation,
                                             const types::DevicePtr& device,
                                             const EvaluateOptions& options = {},
                                             const types::Work& work = {});

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Judging a varied model: its answers on a dataset, or on random inputs where none is given, beside
// the original's answers to the same samples.

#include <functional>
#include <stop_token>

#include "scoring/sample_selection.h"
#include "types/evaluation.h"
#include "types/result.h"

namespace engine {

struct ComparisonOptions {
    int32_t randomSamples = 8;
    uint64_t randomSeed = 1;
    int32_t threads = 2;
    std::stop_token stop;  ///< stopped: an Error whose `what` is "cancelled"
    std::function<void(double share)> progress;
};

/// Fills what samples tell: quality, agreement, SQNR, errors of layers and their sources, or the
/// reason why the model was not run. Needs `e.graph`, `e.variation` and `e.layers`. Errors: data
/// that do not belong to the model.
types::Result<void> compareWithOriginal(const types::Graph& original,
                                        const data::DatasetPtr& dataset, types::Evaluation& e,
                                        const ComparisonOptions& options);

}  // namespace engine

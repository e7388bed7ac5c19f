// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compares a varied model with the original: runs both on the evaluation samples, or on random
// inputs where there are none.

#include "engine/shared_original.h"
#include "scoring/sample_selection.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

/// How the comparison is made.
struct ComparisonOptions {
    /// Random inputs without a dataset; 0: the original is not run, with a dataset either.
    int32_t samples = 8;
    uint64_t seed = 1;
    bool layerErrors = true;
    SharedOriginal* shared = nullptr;  ///< null: nothing is shared
};

/// Sets the results that need samples: quality, agreement, SQNR, layer errors and their sources, or
/// the reason why the model was not run. Requires `e.graph`, `e.variation` and `e.layers`.
/// `dataset`: the evaluation samples; may be null. Returns an Error for data that do not fit the
/// model.
types::Result<void> compareWithOriginal(const types::Graph& original,
                                        const data::DatasetPtr& dataset,
                                        const ComparisonOptions& options, types::Evaluation& e,
                                        const types::Work& work);

/// Scores `varied` on the samples of a dataset, which are read for the model as opened.
types::Result<std::optional<types::Quality>> qualityOf(const types::Graph& original,
                                                       const types::Graph& varied,
                                                       const data::Dataset& dataset,
                                                       const types::Work& work);

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A varied model compared with the original: the outputs of both for the evaluation samples, or for
// random inputs where there are none.

#include "scoring/sample_selection.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

/// What serves where there is no dataset.
struct RandomInputs {
    int32_t samples = 8;
    uint64_t seed = 1;
};

/// Fills what samples show: quality, agreement, SQNR, errors of layers and their sources, or the
/// reason why the model was not run. Needs `e.graph`, `e.variation` and `e.layers`. `dataset`: the
/// evaluation samples; may be null. Errors: data that do not belong to the model.
types::Result<void> compareWithOriginal(const types::Graph& original,
                                        const data::DatasetPtr& dataset, const RandomInputs& random,
                                        types::Evaluation& e, const types::Work& work);

}  // namespace engine

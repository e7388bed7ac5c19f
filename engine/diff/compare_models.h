// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// compareModels(): makes the ModelDiff of two evaluated models.

#include <string>

#include "types/model_diff.h"
#include "types/result.h"
#include "types/work.h"

namespace diff {

struct ComparedModel {
    std::string name;  ///< of the model, as the user knows it
    types::EvaluationPtr evaluation;
};

/// `sharesOrigins`: both are variations of one model as opened (match_graphs.h). Evaluations on
/// different boards or data give a ModelDiff, whose figures say that they cannot be compared.
types::Result<types::ModelDiffPtr> compareModels(const ComparedModel& baseline,
                                                 const ComparedModel& candidate, bool sharesOrigins,
                                                 const types::Work& work = {});

}  // namespace diff

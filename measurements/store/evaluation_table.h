// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Evaluations in a project file: the totals, for whoever reads the file with SQL. Layers are not
// kept; evaluating the variation again gives them.

#include "store/project_file.h"
#include "types/evaluation.h"

namespace store {

/// Keeps the evaluation of a variation for its device, in place of an older one; tells its id.
types::Result<int64_t> storeEvaluation(ProjectFile& file, int64_t variation,
                                       const types::Evaluation& evaluation);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Evaluations in a project file: the totals, for readers of the file that use SQL. Layers are not
// stored; evaluating the variation again computes them.

#include "store/project_file.h"
#include "types/evaluation.h"

namespace store {

/// Stores the evaluation of a variation for its device, replacing an older one; returns its id.
types::Result<int64_t> storeEvaluation(ProjectFile& file, int64_t variation,
                                       const types::Evaluation& evaluation);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records of the cells of a matrix.

#include "studies/record.h"
#include "types/cost_matrix.h"

namespace studies {

/// One record for each cell with a value: setup "runtime", "kernels", "compiler flags" and
/// "numbers".
Records recordsOf(const types::CostMatrix& matrix);

}  // namespace studies

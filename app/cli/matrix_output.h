// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A matrix of costs as JSON and text.

#include "command_context.h"
#include "matrix/run_matrix.h"

namespace app {

/// {"matrix","model","cells":[{"target","kernels","flags","precision","state","value","unit",...}],
/// "measured","kept","predicted","failed","open","different","stopped"}.
Output matrixOutput(const matrix::MatrixRun& run);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// solveUnit(): computes new weights and biases of the layers of a unit by least squares.

#include <string>

#include "transform/recovery/clamped_least_squares.h"
#include "transform/recovery/recovery_units.h"

namespace transform {

/// True where the steps behind an operator's sums (its fused activation, the range of its codes)
/// only clamp them.
bool isClamp(const types::Graph& graph, size_t op);

/// Gives the layers of `unit` new weights where these reduce the error of its target on the
/// held-out samples, rounding to codes included. `problem` is the one of setProblem(); its clamp is
/// set here. Operands of a sum get wider ranges where the new weights need them. Returns a display
/// sentence.
std::string solveUnit(types::Graph& graph, const RecoveryUnit& unit, LinearProblem& problem,
                      int threads);

}  // namespace transform

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Least squares for a linear layer whose output is clamped (by its fused activation or by the range
// of its codes): find weights W and biases b such that clamp(X W + b) approximates given outputs Y.
// Where the layer is one operand of a sum, clamp(X W + b + Z) with the other operand Z does.
//
// Where Y equals a bound, any value beyond the bound is equally good: the target is then the
// prediction itself if it lies beyond the bound, else the bound. Targets and weights are computed
// alternately; each iteration lowers the same convex error, and a fixed number of them comes close
// to its minimum. Ridge regression keeps W near its initial weights; the strength is chosen on
// held-out rows, then all rows are used. Sources of the idea: He et al. 2017, "Channel pruning for
// accelerating very deep neural networks" (reconstruction); Zhang et al. 2016, "Accelerating very
// deep convolutional networks" (clamped targets).

#include "transform/recovery/linear_problem.h"

namespace transform {

struct LinearWeights {
    Matrix weights;           ///< W: taps x outputs.columns
    std::vector<float> bias;  ///< zeros where the layer has no bias
};

/// Returns the best weights, or `start` where the held-out rows show no improvement. The result
/// does not depend on the number of threads.
LinearWeights solve(const LinearProblem& problem, const LinearWeights& start, int threads = 1);

/// Returns the sum of squared errors on the held-out rows.
double heldOutError(const LinearProblem& problem, const LinearWeights& weights);

}  // namespace transform

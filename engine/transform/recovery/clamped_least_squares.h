// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Least squares for a linear layer whose output is clamped afterwards (by its fused activation or
// by the range of its codes): find weights W and biases b so that clamp(X W + b) comes close to
// given outputs Y.
//
// Where Y stands at a bound, any value beyond the bound is as good: the target is then the
// prediction itself where it lies beyond, else the bound. Targets and weights are found in turn;
// each turn lowers the same convex error; a fixed number of turns comes close to its minimum. Ridge
// regression holds W near the weights it starts from; how firmly is chosen on rows held out, then
// all rows are used. Source of the idea: He et al. 2017, "Channel pruning for accelerating very
// deep neural networks" (reconstruction); Zhang et al. 2016, "Accelerating very deep convolutional
// networks" (clamped targets).

#include <cstddef>
#include <vector>

namespace transform {

/// A matrix of real values, row-major.
struct Matrix {
    size_t rows = 0, columns = 0;
    std::vector<float> values;

    float* row(size_t i) { return values.data() + i * columns; }
    const float* row(size_t i) const { return values.data() + i * columns; }
};

struct LinearProblem {
    Matrix inputs;            ///< X: one row per output position
    Matrix outputs;           ///< Y: what the layer should give there, after clamping
    size_t heldOut = 0;       ///< this many of the last rows judge and do not teach
    float low = 0, high = 0;  ///< the clamp; infinite where there is none
    bool hasBias = true;
};

struct LinearWeights {
    Matrix weights;           ///< W: inputs.columns x outputs.columns
    std::vector<float> bias;  ///< zeros where the layer has none
};

/// The best weights, or `start` itself where nothing better is found on the held-out rows.
LinearWeights solve(const LinearProblem& problem, const LinearWeights& start);

/// Sum of squared errors on the held-out rows.
double heldOutError(const LinearProblem& problem, const LinearWeights& weights);

}  // namespace transform

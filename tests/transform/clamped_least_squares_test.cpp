// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/clamped_least_squares.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "zoo/random_weights.h"

namespace {

using transform::LinearProblem;
using transform::LinearWeights;
using transform::Matrix;

constexpr size_t kRows = 400, kInputs = 5, kOutputs = 2;

/// y = clamp(X W + b) with W[i][j] = i - 2 j and b = 0.5, on random inputs.
LinearProblem problemWith(float low, float high) {
    zoo::RandomWeights random(3);
    LinearProblem problem;
    problem.low = low;
    problem.high = high;
    problem.heldOut = kRows / 4;
    problem.inputs.resize(kRows, kInputs);
    problem.outputs = {kRows, kOutputs, std::vector<float>(kRows * kOutputs)};
    for (size_t row = 0; row < kRows; ++row)
        for (size_t j = 0; j < kOutputs; ++j) {
            float sum = 0.5f;
            for (size_t i = 0; i < kInputs; ++i) {
                if (j == 0) problem.inputs.row(row)[i] = static_cast<float>(random.normal());
                sum += problem.inputs.row(row)[i] *
                       (static_cast<float>(i) - 2 * static_cast<float>(j));
            }
            problem.outputs.row(row)[j] = std::clamp(sum, low, high);
        }
    return problem;
}

LinearWeights nothing() {
    return {{kInputs, kOutputs, std::vector<float>(kInputs * kOutputs, 0.0f)},
            std::vector<float>(kOutputs, 0.0f)};
}

TEST(LeastSquares, FindsTheLayerThatMadeTheOutputs) {
    constexpr float kNone = std::numeric_limits<float>::infinity();
    const LinearProblem problem = problemWith(-kNone, kNone);
    const LinearWeights found = transform::solve(problem, nothing());
    for (size_t i = 0; i < kInputs; ++i)
        for (size_t j = 0; j < kOutputs; ++j)
            EXPECT_NEAR(found.weights.row(i)[j],
                        static_cast<double>(i) - 2.0 * static_cast<double>(j), 1e-2);
    EXPECT_NEAR(found.bias[0], 0.5, 1e-2);
}

TEST(LeastSquares, ClampedTargetsAskForLess) {
    // Half of the outputs are zero and would bias plain least squares.
    const LinearProblem problem = problemWith(0, 6);
    const LinearWeights found = transform::solve(problem, nothing());
    double signal = 0;
    for (float y : problem.outputs.values)
        signal += double{y} * y;
    EXPECT_LT(transform::heldOutError(problem, found), 2e-3 * signal / 4);
}

TEST(LeastSquares, KeepsWhatCannotBeBettered) {
    LinearProblem problem = problemWith(-1, 1);
    const LinearWeights best = transform::solve(problem, nothing());
    // The held-out rows contradict the training rows, so training cannot reduce their error.
    for (size_t row = kRows - problem.heldOut; row < kRows; ++row)
        for (size_t j = 0; j < kOutputs; ++j)
            problem.outputs.row(row)[j] = 0;
    const LinearWeights kept = transform::solve(problem, nothing());
    EXPECT_EQ(kept.weights.values, nothing().weights.values);
    EXPECT_NE(best.weights.values, nothing().weights.values);
}

TEST(LeastSquares, ALayerWithoutBiasesGetsNone) {
    LinearProblem problem = problemWith(-10, 10);
    problem.hasBias = false;
    const LinearWeights found = transform::solve(problem, nothing());
    EXPECT_EQ(found.bias, std::vector<float>(kOutputs, 0.0f));
    EXPECT_NEAR(found.weights.row(3)[0], 3, 0.1);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/least_squares.h"

#include <gtest/gtest.h>

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Rows of made-up counts over several orders of magnitude.
MatrixXd countsOf(int rows, int columns) {
    MatrixXd counts(rows, columns);
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j)
            counts(i, j) = ((i * 7 + j * 13) % 11 + 1) * std::pow(10.0, j);
    return counts;
}

cost::Prior weak(int columns) {
    return {VectorXd::Zero(columns), 1e-14 * MatrixXd::Identity(columns, columns)};
}

TEST(LeastSquares, FindsTheCoefficients) {
    const MatrixXd counts = countsOf(20, 3);
    const VectorXd truth{{500, 20, 3}};
    const auto fit = cost::solveRelative(counts, counts * truth, VectorXd::Ones(20), weak(3));
    EXPECT_LT((fit.coefficients - truth).cwiseQuotient(truth).cwiseAbs().maxCoeff(), 1e-4);
    EXPECT_LT(fit.residuals.cwiseAbs().maxCoeff(), 1e-6);
    // Leverages of a fit add up to the number of its coefficients.
    EXPECT_NEAR(fit.leverages.sum(), 3, 1e-3);
}

TEST(LeastSquares, NeverGoesBelowZero) {
    const MatrixXd counts = countsOf(20, 3);
    const VectorXd truth{{500, -20, 3}};
    const VectorXd measured = counts * truth;
    ASSERT_GT(measured.minCoeff(), 0);
    const auto fit = cost::solveRelative(counts, measured, VectorXd::Ones(20), weak(3));
    EXPECT_GE(fit.coefficients.minCoeff(), 0);
    EXPECT_EQ(fit.coefficients[1], 0);
}

TEST(LeastSquares, LeansOnThePriorWhereNothingWasMeasured) {
    MatrixXd counts = countsOf(20, 3);
    counts.col(2).setZero();
    const VectorXd truth{{500, 20, 0}};
    cost::Prior prior = weak(3);
    prior.value[2] = 42;
    const auto fit = cost::solveRelative(counts, counts * truth, VectorXd::Ones(20), prior);
    EXPECT_NEAR(fit.coefficients[2], 42, 1e-6);
    EXPECT_GT(fit.inverse(2, 2), 1e6 * fit.inverse(1, 1));
}

TEST(LeastSquares, WeightsDecideBetweenLayersThatDisagree) {
    const MatrixXd counts = MatrixXd::Ones(2, 1);
    const VectorXd measured{{100, 110}}, weights{{1000, 1}};
    const auto fit = cost::solveRelative(counts, measured, weights, weak(1));
    EXPECT_NEAR(fit.coefficients[0], 100, 0.1);
}

}  // namespace

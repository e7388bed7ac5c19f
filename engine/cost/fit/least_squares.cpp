// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/least_squares.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Solves the normal equations for the free coefficients; the others are 0.
VectorXd solveFree(const MatrixXd& normal, const VectorXd& right, const std::vector<bool>& free) {
    std::vector<Index> at;
    for (size_t j = 0; j < free.size(); ++j)
        if (free[j]) at.push_back(static_cast<Index>(j));
    VectorXd solution = VectorXd::Zero(right.size());
    if (at.empty()) return solution;
    const VectorXd part = normal(at, at).ldlt().solve(right(at));
    for (size_t k = 0; k < at.size(); ++k)
        solution[at[k]] = part[static_cast<Index>(k)];
    return solution;
}

/// Moves from `from` towards `to` until a free coefficient would become negative; coefficients that
/// reach zero are no longer free. Returns true where `to` was reached.
bool stepTowards(VectorXd& from, const VectorXd& to, std::vector<bool>& free) {
    double share = 1;
    for (Index j = 0; j < from.size(); ++j)
        if (free[static_cast<size_t>(j)] && to[j] < 0)
            share = std::min(share, from[j] / (from[j] - to[j]));
    from += share * (to - from);
    if (share >= 1) return true;
    for (Index j = 0; j < from.size(); ++j)
        if (free[static_cast<size_t>(j)] && to[j] < 0 && from[j] <= 1e-12 * (1 + from.maxCoeff())) {
            from[j] = 0;
            free[static_cast<size_t>(j)] = false;
        }
    return false;
}

}  // namespace

VectorXd solveNonNegative(const MatrixXd& normal, const VectorXd& right) {
    const Index n = right.size();
    std::vector<bool> free(static_cast<size_t>(n), false);
    VectorXd solution = VectorXd::Zero(n);
    const double tolerance = 1e-10 * (1 + right.cwiseAbs().maxCoeff());
    for (Index round = 0; round < 3 * n; ++round) {
        const VectorXd gradient = right - normal * solution;
        Index best = -1;
        for (Index j = 0; j < n; ++j)
            if (!free[static_cast<size_t>(j)] && gradient[j] > tolerance &&
                (best < 0 || gradient[j] > gradient[best]))
                best = j;
        if (best < 0) break;
        free[static_cast<size_t>(best)] = true;
        for (Index inner = 0; inner <= n; ++inner)
            if (stepTowards(solution, solveFree(normal, right, free), free)) break;
    }
    return solution;
}

LeastSquares solveRelative(const MatrixXd& rows, const VectorXd& measured, const VectorXd& weights,
                           const Prior& prior) {
    const MatrixXd relative = measured.cwiseInverse().asDiagonal() * rows;
    // Columns are scaled to one norm first: counts span ten orders of magnitude.
    VectorXd scale = relative.colwise().norm();
    for (Index j = 0; j < scale.size(); ++j)
        scale[j] = 1 / (scale[j] > 0 ? scale[j] : std::sqrt(prior.precision(j, j)));
    const MatrixXd scaled = relative * scale.asDiagonal();
    const MatrixXd pull = scale.asDiagonal() * prior.precision;
    const MatrixXd normal =
        scaled.transpose() * weights.asDiagonal() * scaled + pull * scale.asDiagonal();
    const VectorXd right = scaled.transpose() * weights + pull * prior.value;
    LeastSquares result;
    result.coefficients = scale.cwiseProduct(solveNonNegative(normal, right));
    const MatrixXd inverse = normal.ldlt().solve(MatrixXd::Identity(normal.rows(), normal.cols()));
    result.inverse = scale.asDiagonal() * inverse * scale.asDiagonal();
    result.residuals = (relative * result.coefficients).array() - 1;
    result.leverages =
        (scaled * inverse).cwiseProduct(scaled).rowwise().sum().cwiseProduct(weights);
    return result;
}

}  // namespace cost

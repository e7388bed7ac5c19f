// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Least squares on relative errors, with non-negative coefficients and an optional prior: minimise
//     sum_i w_i ((row_i . c) / y_i - 1)^2 + (c - p)' P (c - p)  over c >= 0.
// Each data term is one layer; p are prior values of the coefficients and P their weight.
//
// Uncertainty: let G be the normal matrix. For a new row a = row / y the leverage h = a' G^-1 a
// measures its distance from the measured ones; the prediction has the standard error s sqrt(1 +
// h), with s the scatter of the measured ones. Source: active sets after Lawson and Hanson, Solving
// Least Squares Problems (1974), chapter 23.

#include <Eigen/Core>

namespace cost {

struct LeastSquares {
    Eigen::VectorXd coefficients;
    Eigen::MatrixXd inverse;    ///< G^-1
    Eigen::VectorXd residuals;  ///< (row . c) / y - 1 per data row
    Eigen::VectorXd leverages;  ///< of the data rows, 0 to 1
};

/// Prior knowledge of the coefficients: values p and the matrix P of (c - p)' P (c - p), in units
/// of squared residuals.
struct Prior {
    Eigen::VectorXd value;
    Eigen::MatrixXd precision;
};

/// Returns the c >= 0 that minimises c' N c - 2 r' c; N is positive definite.
Eigen::VectorXd solveNonNegative(const Eigen::MatrixXd& normal, const Eigen::VectorXd& right);

/// Solves for rows (layers x terms) and measured values y > 0; `weights`: one > 0 per row.
LeastSquares solveRelative(const Eigen::MatrixXd& rows, const Eigen::VectorXd& measured,
                           const Eigen::VectorXd& weights, const Prior& prior);

}  // namespace cost

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/clamped_least_squares.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>

namespace transform {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::RowVectorXf;
using View = Eigen::Map<const Rows>;

/// Strengths of the ridge, relative to the mean variance of the inputs. Each solve starts from the
/// result of the one before it.
constexpr double kRidges[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
constexpr int kIterations = 5;

View viewOf(const Matrix& matrix, size_t rows) {
    return {matrix.values.data(), static_cast<Eigen::Index>(rows),
            static_cast<Eigen::Index>(matrix.columns)};
}

struct Solution {
    Rows weights;
    RowVector bias;
};

Solution solutionOf(const LinearWeights& weights) {
    return {viewOf(weights.weights, weights.weights.rows),
            Eigen::Map<const RowVector>(weights.bias.data(),
                                        static_cast<Eigen::Index>(weights.bias.size()))};
}

/// Remaining error of the predictions; 0 where they lie beyond a bound that Y equals.
Rows residual(const LinearProblem& problem, const View& wanted, const Rows& predicted) {
    const float low = problem.low, high = problem.high;
    return wanted.binaryExpr(predicted, [low, high](float y, float p) {
        if ((y <= low && p <= low) || (y >= high && p >= high)) return 0.0f;
        return y - p;
    });
}

/// The training rows, with the factorizations that their problems share.
class TrainingRows {
public:
    TrainingRows(const LinearProblem& problem, size_t rows)
        : m_problem(problem),
          m_inputs(viewOf(problem.inputs, rows)),
          m_outputs(viewOf(problem.outputs, rows)),
          m_mean(RowVector::Zero(m_inputs.cols())),
          m_centred(m_inputs) {
        if (problem.hasBias) m_mean = m_inputs.colwise().mean();
        m_centred.rowwise() -= m_mean;
        const Rows gram = m_centred.transpose() * m_centred;
        m_gram = gram.cast<double>() / static_cast<double>(rows);
    }

    /// Iterates from `from` towards the minimum of the error with the ridge around `start`. Every
    /// iteration adds momentum (Nesterov 1983); without it, targets at a bound converge slowly.
    ///
    /// Why an iteration helps: the error of one prediction is its squared distance to the set of
    /// equally good values (a point, or everything beyond a bound), which is convex. Fix the
    /// targets, the points of these sets nearest to the present predictions: the squared distance
    /// to them is never smaller than the error and equal to it here, so the weights that minimise
    /// it do not raise the error (majorize and minimize; momentum may, for one iteration). All
    /// iterations solve with the same matrix: it is factored once per ridge, O(columns^3), and an
    /// iteration costs O(rows x columns x channels).
    Solution solve(const Solution& start, const Solution& from, double ridge) const {
        const double firmness =
            ridge * std::max(m_gram.trace() / static_cast<double>(m_gram.rows()), 1e-12);
        Eigen::MatrixXd system = m_gram;
        system.diagonal().array() += firmness;
        const Eigen::LDLT<Eigen::MatrixXd> factors(system);
        Solution last = from, now = from;
        for (int i = 0; i < kIterations; ++i) {
            const float onward = static_cast<float>(i) / static_cast<float>(i + 3);
            Solution next{now.weights + onward * (now.weights - last.weights),
                          now.bias + onward * (now.bias - last.bias)};
            last = std::move(now);
            step(start, firmness, factors, next);
            now = std::move(next);
        }
        return now;
    }

private:
    /// Solves for the targets that follow from the present predictions.
    void step(const Solution& start, double firmness, const Eigen::LDLT<Eigen::MatrixXd>& factors,
              Solution& solution) const {
        const Rows predicted = (m_inputs * solution.weights).rowwise() + solution.bias;
        Rows rest = residual(m_problem, m_outputs, predicted);
        const RowVector mean = rest.colwise().mean();
        if (m_problem.hasBias) rest.rowwise() -= mean;
        const Rows slope = m_centred.transpose() * rest;
        const Eigen::MatrixXd right = slope.cast<double>() / static_cast<double>(m_inputs.rows()) -
                                      firmness * (solution.weights - start.weights).cast<double>();
        const Rows change = factors.solve(right).cast<float>();
        solution.weights += change;
        if (m_problem.hasBias) solution.bias += mean - m_mean * change;
    }

    const LinearProblem& m_problem;
    View m_inputs, m_outputs;
    RowVector m_mean;
    Rows m_centred;
    Eigen::MatrixXd m_gram;
};

double errorOf(const LinearProblem& problem, const Solution& solution) {
    const size_t skipped = problem.inputs.rows - problem.heldOut;
    const auto rows = static_cast<Eigen::Index>(problem.heldOut);
    const View inputs(problem.inputs.row(skipped), rows, solution.weights.rows());
    const View outputs(problem.outputs.row(skipped), rows, solution.weights.cols());
    const Rows predicted = (inputs * solution.weights).rowwise() + solution.bias;
    return residual(problem, outputs, predicted).cast<double>().squaredNorm();
}

LinearWeights weightsOf(const Solution& solution) {
    LinearWeights weights;
    weights.weights.rows = static_cast<size_t>(solution.weights.rows());
    weights.weights.columns = static_cast<size_t>(solution.weights.cols());
    weights.weights.values.assign(solution.weights.data(),
                                  solution.weights.data() + solution.weights.size());
    weights.bias.assign(solution.bias.data(), solution.bias.data() + solution.bias.size());
    return weights;
}

}  // namespace

double heldOutError(const LinearProblem& problem, const LinearWeights& weights) {
    return errorOf(problem, solutionOf(weights));
}

// Ends after kIterations steps for each of kRidges. The result never does worse on the held-out
// rows than `start` before all rows are used: a ridge is chosen only where it does better there.
LinearWeights solve(const LinearProblem& problem, const LinearWeights& start) {
    const Solution first = solutionOf(start);
    const TrainingRows training(problem, problem.inputs.rows - problem.heldOut);
    Solution path = first, best = first;
    double least = errorOf(problem, first), chosen = 0;
    for (double ridge : kRidges) {
        path = training.solve(first, path, ridge);
        const double error = errorOf(problem, path);
        if (!(error < least)) continue;
        least = error;
        chosen = ridge;
        best = path;
    }
    if (chosen == 0) return start;
    return weightsOf(TrainingRows(problem, problem.inputs.rows).solve(first, best, chosen));
}

}  // namespace transform

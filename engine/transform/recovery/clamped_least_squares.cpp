// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/clamped_least_squares.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <functional>
#include <thread>

#include "transform/recovery/row_products.h"

namespace transform {
namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Strengths of the ridge, relative to the mean variance of the inputs. Each solve starts from the
/// result of the one before it.
constexpr double kRidges[] = {1e-1, 1e-2, 1e-3, 1e-4};
constexpr int kIterations = 4, kLastIterations = 6;
/// Rows of a block, which stays in the cache, and parts whose sums are added in order.
constexpr size_t kBlock = 64, kParts = 8;

struct Solution {
    Rows weights;
    Eigen::RowVectorXf bias;
};

Solution solutionOf(const LinearWeights& weights) {
    return {Eigen::Map<const Rows>(weights.weights.values.data(),
                                   static_cast<Index>(weights.weights.rows),
                                   static_cast<Index>(weights.weights.columns)),
            Eigen::Map<const Eigen::RowVectorXf>(weights.bias.data(),
                                                 static_cast<Index>(weights.bias.size()))};
}

LinearWeights weightsOf(const Solution& solution) {
    LinearWeights weights;
    weights.weights = {
        static_cast<size_t>(solution.weights.rows()),
        static_cast<size_t>(solution.weights.cols()),
        {solution.weights.data(), solution.weights.data() + solution.weights.size()}};
    weights.bias.assign(solution.bias.data(), solution.bias.data() + solution.bias.size());
    return weights;
}

/// Calls visit(0) to visit(kParts - 1) on `threads` threads.
void forParts(int threads, const std::function<void(size_t)>& visit) {
    const auto each = [&](size_t first, size_t step) {
        for (size_t part = first; part < kParts; part += step)
            visit(part);
    };
    const auto count = static_cast<size_t>(std::clamp(threads, 1, static_cast<int>(kParts)));
    std::vector<std::jthread> others;
    for (size_t i = 1; i < count; ++i)
        others.emplace_back(each, i, count);
    each(0, count);
}

/// The residuals of a block of rows, one row after the other.
void residuals(const LinearProblem& problem, const Solution& solution, size_t from, size_t rows,
               float* rest) {
    const size_t channels = problem.outputs.columns;
    for (size_t i = 0; i < rows; ++i) {
        float* row = rest + i * channels;
        std::copy_n(solution.bias.data(), channels, row);
        if (problem.others.rows > 0) {
            const float* other = problem.others.row(from + i);
            for (size_t c = 0; c < channels; ++c)
                row[c] += other[c];
        }
        for (size_t k = 0; problem.isDepthwise && k < problem.taps(); ++k)
            addScaled(problem.inputs.row(from + i) + k * channels,
                      solution.weights.data() + k * channels, row, channels);
    }
    if (!problem.isDepthwise)
        addProduct({problem.inputs.row(from), problem.inputs.columns, 1, solution.weights.data(),
                    channels, rest, channels, rows, channels, problem.inputs.columns});
    clampedResidual(problem.outputs.row(from), problem.low, problem.high, rest, rows * channels);
}

/// Sums of one pass over the rows: of the residuals, and of their products with the inputs.
struct Slope {
    Rows products;
    Eigen::RowVectorXf rest;
};

void addRows(const LinearProblem& problem, const float* rest, size_t from, size_t rows,
             Slope& slope) {
    const size_t channels = problem.outputs.columns;
    for (size_t i = 0; i < rows; ++i) {
        for (size_t c = 0; c < channels; ++c)
            slope.rest[static_cast<Index>(c)] += rest[i * channels + c];
        for (size_t k = 0; problem.isDepthwise && k < problem.taps(); ++k)
            addScaled(problem.inputs.row(from + i) + k * channels, rest + i * channels,
                      slope.products.data() + k * channels, channels);
    }
    if (!problem.isDepthwise)
        addProduct({problem.inputs.row(from), 1, problem.inputs.columns, rest, channels,
                    slope.products.data(), channels, problem.inputs.columns, channels, rows});
}

/// Means and Gram matrices of the inputs' columns: of all together, or of the taps of each channel.
class Grams {
public:
    Grams(const LinearProblem& problem, size_t rows, int threads)
        : m_channels(problem.isDepthwise ? problem.outputs.columns : 1), m_taps(problem.taps()) {
        const size_t columns = problem.inputs.columns;
        std::vector<std::vector<float>> sums(kParts), products(kParts);
        forParts(threads, [&](size_t part) {
            sums[part].assign(columns, 0);
            products[part].assign(columns * m_taps, 0);
            for (size_t i = part * rows / kParts; i < (part + 1) * rows / kParts; i += kBlock)
                add(problem, i, std::min(kBlock, (part + 1) * rows / kParts - i), sums[part],
                    products[part]);
        });
        m_means = VectorXd::Zero(static_cast<Index>(columns));
        std::vector<double> total(columns * m_taps, 0);
        for (size_t part = 0; part < kParts; ++part) {
            for (size_t i = 0; problem.hasBias && i < columns; ++i)
                m_means[static_cast<Index>(i)] += double{sums[part][i]};
            for (size_t i = 0; i < total.size(); ++i)
                total[i] += double{products[part][i]};
        }
        m_means /= static_cast<double>(rows);
        for (size_t channel = 0; channel < m_channels; ++channel)
            m_grams.push_back(gram(total, channel, static_cast<double>(rows)));
    }

    size_t count() const { return m_channels; }
    const MatrixXd& gram(size_t channel) const { return m_grams[channel]; }
    /// Means of the columns that a channel reads.
    VectorXd means(size_t channel) const {
        VectorXd result(static_cast<Index>(m_taps));
        for (size_t k = 0; k < m_taps; ++k)
            result[static_cast<Index>(k)] = m_means[static_cast<Index>(k * m_channels + channel)];
        return result;
    }

private:
    void add(const LinearProblem& problem, size_t from, size_t rows, std::vector<float>& sums,
             std::vector<float>& products) const {
        const size_t columns = problem.inputs.columns;
        for (size_t i = 0; i < rows; ++i) {
            const float* row = problem.inputs.row(from + i);
            for (size_t k = 0; k < columns; ++k)
                sums[k] += row[k];
            for (size_t k = 0; problem.isDepthwise && k < m_taps; ++k)
                for (size_t l = 0; l <= k; ++l)
                    addScaled(row + k * m_channels, row + l * m_channels,
                              products.data() + (k * m_taps + l) * m_channels, m_channels);
        }
        if (problem.isDepthwise) return;
        const float* x = problem.inputs.row(from);
        // The lower triangle, in strips of rows.
        constexpr size_t kStrip = 96;
        for (size_t k = 0; k < columns; k += kStrip) {
            const size_t strip = std::min(kStrip, columns - k);
            addProduct({x + k, 1, columns, x, columns, products.data() + k * columns, columns,
                        strip, k + strip, rows});
        }
    }

    /// Centred by the means, from the lower triangle of the sums.
    MatrixXd gram(const std::vector<double>& total, size_t channel, double rows) const {
        const auto n = static_cast<Index>(m_taps);
        const VectorXd mean = means(channel);
        MatrixXd result(n, n);
        for (Index k = 0; k < n; ++k)
            for (Index l = 0; l <= k; ++l) {
                const size_t place =
                    (static_cast<size_t>(k) * m_taps + static_cast<size_t>(l)) * m_channels +
                    channel;
                result(k, l) = result(l, k) = total[place] / rows - mean[k] * mean[l];
            }
        return result;
    }

    size_t m_channels, m_taps;
    VectorXd m_means;
    std::vector<MatrixXd> m_grams;
};

/// The training rows, with the factorizations that their problems share.
class TrainingRows {
public:
    TrainingRows(const LinearProblem& problem, size_t rows, int threads)
        : m_problem(problem), m_rows(rows), m_threads(threads), m_grams(problem, rows, threads) {}

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
    Solution solve(const Solution& start, const Solution& from, double ridge, int iterations) {
        factor(ridge);
        Solution last = from, now = from;
        for (int i = 0; i < iterations; ++i) {
            const float onward = static_cast<float>(i) / static_cast<float>(i + 3);
            Solution next{now.weights + onward * (now.weights - last.weights),
                          now.bias + onward * (now.bias - last.bias)};
            last = std::move(now);
            step(start, next);
            now = std::move(next);
        }
        return now;
    }

private:
    void factor(double ridge) {
        m_factors.clear();
        m_firmness.clear();
        for (size_t channel = 0; channel < m_grams.count(); ++channel) {
            MatrixXd system = m_grams.gram(channel);
            const double mean = system.trace() / static_cast<double>(system.rows());
            m_firmness.push_back(ridge * std::max(mean, 1e-12));
            system.diagonal().array() += m_firmness.back();
            m_factors.emplace_back(system);
        }
    }

    /// One pass over all rows: blocks stay in the cache from the prediction to the products.
    Slope slope(const Solution& solution) const {
        const size_t channels = m_problem.outputs.columns;
        std::vector<Slope> parts(kParts,
                                 {Rows::Zero(solution.weights.rows(), solution.weights.cols()),
                                  Eigen::RowVectorXf::Zero(solution.bias.size())});
        forParts(m_threads, [&](size_t part) {
            std::vector<float> rest(kBlock * channels);
            const size_t end = (part + 1) * m_rows / kParts;
            for (size_t i = part * m_rows / kParts; i < end; i += kBlock) {
                const size_t rows = std::min(kBlock, end - i);
                residuals(m_problem, solution, i, rows, rest.data());
                addRows(m_problem, rest.data(), i, rows, parts[part]);
            }
        });
        for (size_t part = 1; part < kParts; ++part) {
            parts[0].products += parts[part].products;
            parts[0].rest += parts[part].rest;
        }
        return std::move(parts[0]);
    }

    /// Solves for the targets that follow from the present predictions.
    void step(const Solution& start, Solution& solution) const {
        const Slope sums = slope(solution);
        const auto rows = static_cast<double>(m_rows);
        const Index channels = solution.weights.cols(),
                    each = channels / static_cast<Index>(count());
        const Eigen::RowVectorXd mean = sums.rest.cast<double>() / rows;
        for (size_t g = 0; g < count(); ++g) {
            const Index from = static_cast<Index>(g) * each;
            const VectorXd means = m_grams.means(g);
            MatrixXd right = sums.products.middleCols(from, each).cast<double>() / rows;
            if (m_problem.hasBias) right -= means * mean.segment(from, each);
            right -= m_firmness[g] * (solution.weights.middleCols(from, each) -
                                      start.weights.middleCols(from, each))
                                         .cast<double>();
            const MatrixXd change = m_factors[g].solve(right);
            solution.weights.middleCols(from, each) += change.cast<float>();
            if (m_problem.hasBias)
                solution.bias.segment(from, each) +=
                    (mean.segment(from, each) - means.transpose() * change).cast<float>();
        }
    }

    size_t count() const { return m_grams.count(); }

    const LinearProblem& m_problem;
    size_t m_rows;
    int m_threads;
    Grams m_grams;
    std::vector<Eigen::LLT<MatrixXd>> m_factors;
    std::vector<double> m_firmness;
};

double errorOf(const LinearProblem& problem, const Solution& solution) {
    const size_t channels = problem.outputs.columns;
    std::vector<float> rest(kBlock * channels);
    double sum = 0;
    for (size_t i = problem.inputs.rows - problem.heldOut; i < problem.inputs.rows; i += kBlock) {
        const size_t rows = std::min(kBlock, problem.inputs.rows - i);
        residuals(problem, solution, i, rows, rest.data());
        for (size_t k = 0; k < rows * channels; ++k)
            sum += double{rest[k]} * double{rest[k]};
    }
    return sum;
}

}  // namespace

double heldOutError(const LinearProblem& problem, const LinearWeights& weights) {
    return errorOf(problem, solutionOf(weights));
}

// Ends after kIterations steps for each of kRidges. The result never does worse on the held-out
// rows than `start` before all rows are used: a ridge is chosen only where it does better there.
LinearWeights solve(const LinearProblem& problem, const LinearWeights& start, int threads) {
    const Solution first = solutionOf(start);
    TrainingRows training(problem, problem.inputs.rows - problem.heldOut, threads);
    Solution path = first, best = first;
    double least = errorOf(problem, first), chosen = 0;
    for (double ridge : kRidges) {
        path = training.solve(first, path, ridge, kIterations);
        const double error = errorOf(problem, path);
        if (!(error < least)) break;  // a weaker ridge fits the training rows alone
        least = error;
        chosen = ridge;
        best = path;
    }
    if (chosen == 0) return start;
    TrainingRows all(problem, problem.inputs.rows, threads);
    return weightsOf(all.solve(first, best, chosen, kLastIterations));
}

}  // namespace transform

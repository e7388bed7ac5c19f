// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/clamped_least_squares.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>

#include "learning/crew.h"
#include "learning/kernels/element_loops.h"
#include "learning/kernels/products.h"
#include "transform/recovery/residual_loops.h"

namespace transform {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Floats = std::vector<float>;

/// Strengths of the ridge, relative to the mean variance of the inputs. Each solve starts from the
/// result of the one before it.
constexpr double kRidges[] = {1e-1, 1e-2, 1e-3, 1e-4};
constexpr int kIterations = 4, kLastIterations = 6;
/// Parts of the rows, whose sums are added in order, and the fewest rows of a part.
constexpr size_t kMostParts = 8, kRowsOfPart = 192;

struct Solution {
    Floats weights, bias;  ///< taps x channels; channels
};

size_t partsOf(size_t rows) {
    return std::clamp<size_t>(rows / kRowsOfPart, 1, kMostParts);
}

/// Calls visit(block's first row, rows) for the blocks of one part of [begin, end).
template <typename Visit>
void forBlocks(size_t part, size_t parts, size_t begin, size_t end, Visit visit) {
    const size_t last = begin + (part + 1) * (end - begin) / parts;
    for (size_t i = begin + part * (end - begin) / parts; i < last; i += RowBlocks::kMost)
        visit(i, std::min(RowBlocks::kMost, last - i));
}

Floats roomFor(size_t count) {
    return Floats(count + learning::kSlack, 0.0f);
}

/// In sums side by side, none of which waits for the one before it.
double sumOfSquares(const float* values, size_t count) {
    constexpr size_t kSide = 8;
    double sums[kSide] = {};
    size_t i = 0;
    for (; i + kSide <= count; i += kSide)
        for (size_t k = 0; k < kSide; ++k)
            sums[k] += double{values[i + k]} * double{values[i + k]};
    for (; i < count; ++i)
        sums[0] += double{values[i]} * double{values[i]};
    double sum = 0;
    for (double side : sums)
        sum += side;
    return sum;
}

/// Sums over the first rows: of the inputs, and of their products.
class SquareSums {
public:
    explicit SquareSums(const LinearProblem& problem)
        : m_problem(problem),
          m_sums(problem.inputs.columns, 0),
          m_squares(problem.inputs.columns * problem.taps(), 0) {}

    size_t rows() const { return m_rows; }
    double sum(size_t column) const { return m_sums[column]; }
    double square(size_t place) const { return m_squares[place]; }

    /// Adds the rows up to `end`.
    void extend(const RowBlocks& blocks, size_t end, learning::Crew& crew) {
        const size_t parts = partsOf(end - m_rows);
        std::vector<Floats> sums(parts), squares(parts), scratch(parts);
        crew.run(parts, [&](size_t part, size_t) {
            sums[part] = roomFor(m_sums.size());
            squares[part] = roomFor(m_squares.size());
            forBlocks(part, parts, m_rows, end, [&](size_t from, size_t rows) {
                if (m_problem.hasBias) blocks.addSums(from, rows, sums[part].data());
                blocks.addSquares(from, rows, scratch[part], squares[part].data());
            });
        });
        for (size_t part = 0; part < parts; ++part) {
            for (size_t i = 0; i < m_sums.size(); ++i)
                m_sums[i] += double{sums[part][i]};
            for (size_t i = 0; i < m_squares.size(); ++i)
                m_squares[i] += double{squares[part][i]};
        }
        m_rows = end;
    }

private:
    const LinearProblem& m_problem;
    size_t m_rows = 0;
    std::vector<double> m_sums, m_squares;
};

/// The first rows, with the inverses that their problems share.
class TrainingRows {
public:
    TrainingRows(const LinearProblem& problem, size_t rows, learning::Crew& crew)
        : m_problem(problem),
          m_blocks(problem),
          m_crew(crew),
          m_sums(problem),
          m_channels(problem.outputs.columns),
          m_taps(problem.taps()),
          m_systems(problem.isDepthwise ? m_channels : 1) {
        extend(rows);
    }

    /// Adds the rows up to `end`.
    void extend(size_t end) {
        m_sums.extend(m_blocks, end, m_crew);
        m_parts.resize(partsOf(end));
        for (Part& part : m_parts)
            part = {roomFor(m_taps * m_channels), roomFor(m_channels),
                    roomFor(RowBlocks::kMost * m_channels)};
    }

    /// Iterates from `from` towards the minimum of the error with the ridge around `start`. Every
    /// iteration adds momentum (Nesterov 1983); without it, targets at a bound converge slowly.
    ///
    /// Why an iteration helps: the error of one prediction is its squared distance to the set of
    /// equally good values (a point, or everything beyond a bound), which is convex. Fix the
    /// targets, the points of these sets nearest to the present predictions: the squared distance
    /// to them is never smaller than the error and equal to it here, so the weights that minimise
    /// it do not raise the error (majorize and minimize; momentum may, for one iteration). All
    /// iterations solve with the same matrix, which is inverted once per ridge, O(taps^3); the
    /// rounding of the inverse to floats is made up for, since each iteration starts from the
    /// errors that are left. An iteration costs O(rows x taps x channels).
    Solution solve(const Solution& start, const Solution& from, double ridge, int iterations) {
        invert(ridge);
        Solution last = from, now = from;
        for (int i = 0; i < iterations; ++i) {
            const float onward = static_cast<float>(i) / static_cast<float>(i + 3);
            Solution next = now;
            for (size_t k = 0; k < next.weights.size(); ++k)
                next.weights[k] += onward * (now.weights[k] - last.weights[k]);
            for (size_t c = 0; c < next.bias.size(); ++c)
                next.bias[c] += onward * (now.bias[c] - last.bias[c]);
            last = std::move(now);
            step(start, next);
            now = std::move(next);
        }
        return now;
    }

    /// Sum of squared errors on the held-out rows.
    double heldOutError(const Solution& solution) {
        const Floats packed = m_blocks.packed(solution.weights);
        const size_t parts = std::min(partsOf(m_problem.heldOut), m_parts.size());
        std::vector<double> errors(parts, 0);
        m_crew.run(parts, [&](size_t index, size_t) {
            Part& part = m_parts[index];
            forBlocks(index, parts, m_problem.inputs.rows - m_problem.heldOut,
                      m_problem.inputs.rows, [&](size_t from, size_t rows) {
                          residuals(packed, solution, from, rows, part.rest.data(),
                                    part.sums.data());
                          errors[index] += sumOfSquares(part.rest.data(), rows * m_channels);
                      });
        });
        double error = 0;
        for (double share : errors)
            error += share;
        return error;
    }

private:
    /// Sums over the residuals of a part of the rows, and of their products with the inputs.
    struct Part {
        Floats slopes, sums, rest;
    };

    void residuals(const Floats& packed, const Solution& solution, size_t from, size_t rows,
                   float* rest, float* sums) const {
        m_blocks.predict(from, rows, packed, solution.bias.data(), rest);
        clampedResidual({m_problem.outputs.row(from), m_problem.low, m_problem.high, rest, rows,
                         m_channels, sums});
    }

    double rows() const { return static_cast<double>(m_sums.rows()); }
    double mean(size_t k, size_t channel) const {
        return m_sums.sum(m_problem.isDepthwise ? k * m_channels + channel : k) / rows();
    }

    /// The Gram matrix of the inputs of one system, centred by their means.
    MatrixXd gram(size_t system) const {
        const auto n = static_cast<Index>(m_taps);
        MatrixXd result(n, n);
        for (size_t k = 0; k < m_taps; ++k)
            for (size_t l = 0; l <= k; ++l) {
                const double square = m_sums.square((k * m_taps + l) * m_systems + system);
                const auto row = static_cast<Index>(k), column = static_cast<Index>(l);
                result(row, column) = result(column, row) =
                    square / rows() - mean(k, system) * mean(l, system);
            }
        return result;
    }

    /// Inverses of the Gram matrices with the ridge: inverse[k][l] of each system side by side.
    void invert(double ridge) {
        m_inverse.assign(m_taps * m_taps * m_systems, 0);
        m_firmness.assign(m_systems, 0);
        const auto n = static_cast<Index>(m_taps);
        m_crew.run(m_systems, [&](size_t system, size_t) {
            MatrixXd matrix = gram(system);
            const double mean = matrix.trace() / static_cast<double>(n);
            m_firmness[system] = ridge * std::max(mean, 1e-12);
            matrix.diagonal().array() += m_firmness[system];
            const MatrixXd inverse = Eigen::LLT<MatrixXd>(matrix).solve(MatrixXd::Identity(n, n));
            for (size_t i = 0; i < m_taps * m_taps; ++i)
                m_inverse[i * m_systems + system] =
                    static_cast<float>(inverse.data()[static_cast<Index>(i)]);
        });
    }

    /// One pass over all rows: blocks stay in the cache from the prediction to the slopes.
    const Part& slope(const Solution& solution) {
        const Floats packed = m_blocks.packed(solution.weights);
        m_crew.run(m_parts.size(), [&](size_t index, size_t) {
            Part& part = m_parts[index];
            std::ranges::fill(part.slopes, 0.0f);
            std::ranges::fill(part.sums, 0.0f);
            forBlocks(index, m_parts.size(), 0, m_sums.rows(), [&](size_t from, size_t count) {
                residuals(packed, solution, from, count, part.rest.data(), part.sums.data());
                m_blocks.addSlopes(from, count, part.rest.data(), part.slopes.data());
            });
        });
        for (size_t part = 1; part < m_parts.size(); ++part) {
            learning::addTo(m_parts[0].slopes.data(), m_parts[part].slopes.data(),
                            m_taps * m_channels);
            learning::addTo(m_parts[0].sums.data(), m_parts[part].sums.data(), m_channels);
        }
        return m_parts[0];
    }

    /// Solves for the targets that follow from the present predictions.
    void step(const Solution& start, Solution& solution) {
        const Part& sums = slope(solution);
        Floats right(m_taps * m_channels);
        for (size_t k = 0; k < m_taps; ++k)
            for (size_t c = 0; c < m_channels; ++c) {
                const size_t place = k * m_channels + c, system = m_systems > 1 ? c : 0;
                double value = double{sums.slopes[place]} / rows();
                if (m_problem.hasBias) value -= mean(k, c) * double{sums.sums[c]} / rows();
                value -=
                    m_firmness[system] * double{solution.weights[place] - start.weights[place]};
                right[place] = static_cast<float>(value);
            }
        const Floats change = solved(right);
        for (size_t i = 0; i < change.size(); ++i)
            solution.weights[i] += change[i];
        if (!m_problem.hasBias) return;
        for (size_t c = 0; c < m_channels; ++c) {
            double value = double{sums.sums[c]} / rows();
            for (size_t k = 0; k < m_taps; ++k)
                value -= mean(k, c) * double{change[k * m_channels + c]};
            solution.bias[c] += static_cast<float>(value);
        }
    }

    /// The inverse times `right`.
    Floats solved(const Floats& right) const {
        Floats change = roomFor(m_taps * m_channels);
        if (m_problem.isDepthwise) {
            for (size_t k = 0; k < m_taps; ++k)
                for (size_t l = 0; l < m_taps; ++l)
                    for (size_t c = 0; c < m_channels; ++c)
                        change[k * m_channels + c] += m_inverse[(k * m_taps + l) * m_channels + c] *
                                                      right[l * m_channels + c];
        } else {
            const auto taps = static_cast<int32_t>(m_taps);
            constexpr int32_t kOneRun[] = {0};
            std::vector<int32_t> places;
            for (int32_t k = 0; k < taps; ++k)
                places.push_back(k * taps);
            const Floats packed = m_blocks.packed(right);
            learning::rowProduct({{m_inverse.data(), places.data(), taps, kOneRun, 1, taps},
                                  packed.data(),
                                  static_cast<int32_t>(m_channels),
                                  change.data(),
                                  static_cast<int32_t>(m_channels),
                                  nullptr,
                                  0,
                                  0,
                                  true});
        }
        change.resize(m_taps * m_channels);
        return change;
    }

    const LinearProblem& m_problem;
    RowBlocks m_blocks;
    learning::Crew& m_crew;
    SquareSums m_sums;
    size_t m_channels, m_taps, m_systems;
    Floats m_inverse;
    std::vector<double> m_firmness;  ///< of the ridge, by system
    std::vector<Part> m_parts;
};

}  // namespace

double heldOutError(const LinearProblem& problem, const LinearWeights& weights) {
    learning::Crew alone(1);
    return TrainingRows(problem, 0, alone).heldOutError({weights.weights.values, weights.bias});
}

// Ends after kIterations steps for each of kRidges. The result never does worse on the held-out
// rows than `start` before all rows are used: a ridge is chosen only where it does better there.
LinearWeights solve(const LinearProblem& problem, const LinearWeights& start, int threads) {
    const Solution first{start.weights.values, start.bias};
    learning::Crew crew(static_cast<size_t>(std::max(threads, 1)));
    TrainingRows training(problem, problem.inputs.rows - problem.heldOut, crew);
    Solution path = first, best = first;
    double least = training.heldOutError(first), chosen = 0;
    for (double ridge : kRidges) {
        path = training.solve(first, path, ridge, kIterations);
        const double error = training.heldOutError(path);
        if (!(error < least)) break;  // a weaker ridge fits the training rows alone
        least = error;
        chosen = ridge;
        best = path;
    }
    if (chosen == 0) return start;
    training.extend(problem.inputs.rows);
    best = training.solve(first, best, chosen, kLastIterations);
    return {{start.weights.rows, start.weights.columns, std::move(best.weights)},
            std::move(best.bias)};
}

}  // namespace transform

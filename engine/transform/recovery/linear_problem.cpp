// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/linear_problem.h"

#include <algorithm>
#include <limits>

#include "learning/kernels/depthwise_products.h"
#include "learning/kernels/element_loops.h"
#include "learning/kernels/products.h"

namespace transform {

using learning::DepthwiseShape;
using learning::Rows;

namespace {

constexpr float kUnbounded = std::numeric_limits<float>::infinity();
constexpr int32_t kOneRun[] = {0};

std::vector<int32_t> placesOfRows(size_t columns) {
    std::vector<int32_t> places;
    for (size_t i = 0; i < RowBlocks::kMost; ++i)
        places.push_back(static_cast<int32_t>(i * columns));
    return places;
}

/// Rows of taps as windows that do not overlap, `across` of them side by side. Three taps make a
/// row of a window where they can, as the kernels' tiles do.
DepthwiseShape windowsOf(size_t channels, size_t taps, size_t rows, size_t across) {
    DepthwiseShape s;
    s.channels = static_cast<int32_t>(channels);
    s.outHeight = static_cast<int32_t>(rows / across), s.outWidth = static_cast<int32_t>(across);
    s.width = static_cast<int32_t>(taps % 3 == 0 ? 3 : taps);
    s.height = static_cast<int32_t>(taps) / s.width;
    s.paddedWidth = s.width;
    s.strideWidth = static_cast<int32_t>(taps);
    s.strideHeight = s.height * s.outWidth;
    return s;
}

}  // namespace

void Matrix::resize(size_t newRows, size_t newColumns) {
    rows = newRows, columns = newColumns;
    const size_t needed = rows * columns + learning::kSlack;
    if (values.capacity() < needed) values.clear();  // nothing to copy
    values.resize(needed);
}

RowBlocks::RowBlocks(const LinearProblem& problem)
    : m_problem(problem),
      m_channels(problem.outputs.columns),
      m_taps(problem.taps()),
      m_inputRows(placesOfRows(problem.inputs.columns)),
      m_outputRows(placesOfRows(problem.outputs.columns)) {}

std::vector<float> RowBlocks::packed(const std::vector<float>& weights) const {
    std::vector<float> result = weights;
    const auto taps = static_cast<int32_t>(m_taps), channels = static_cast<int32_t>(m_channels);
    if (m_problem.isDepthwise) {
        result.resize(weights.size() + learning::kSlack);
        return result;
    }
    result.resize(learning::packedSize(taps, channels));
    learning::packPanels({weights.data(), taps, channels, m_channels, 1}, 0, taps, result.data());
    return result;
}

void RowBlocks::predict(size_t from, size_t rows, const std::vector<float>& packed,
                        const float* bias, float* predicted) const {
    const float* x = m_problem.inputs.row(from);
    if (!m_problem.isDepthwise) {
        learning::rowProduct({{x, m_inputRows.data(), static_cast<int32_t>(rows), kOneRun, 1,
                               static_cast<int32_t>(m_taps)},
                              packed.data(),
                              static_cast<int32_t>(m_channels),
                              predicted,
                              static_cast<int32_t>(m_channels),
                              bias,
                              -kUnbounded,
                              kUnbounded,
                              false});
    } else {
        constexpr size_t kAcross = 4;
        const size_t whole = rows / kAcross * kAcross, left = rows - whole;
        if (whole > 0)
            learning::depthwise(
                windowsOf(m_channels, m_taps, whole, kAcross),
                {x, packed.data(), bias, predicted, -kUnbounded, kUnbounded, false});
        if (left > 0)
            learning::depthwise(windowsOf(m_channels, m_taps, left, left),
                                {x + whole * m_problem.inputs.columns, packed.data(), bias,
                                 predicted + whole * m_channels, -kUnbounded, kUnbounded, false});
    }
    if (m_problem.others.rows > 0)
        learning::addTo(predicted, m_problem.others.row(from), rows * m_channels);
}

void RowBlocks::addSlopes(size_t from, size_t rows, const float* rest, float* sums) const {
    const float* x = m_problem.inputs.row(from);
    const auto channels = static_cast<int32_t>(m_channels);
    if (m_problem.isDepthwise)
        return learning::depthwiseWeights(windowsOf(m_channels, m_taps, rows, rows), x, rest, sums);
    learning::outerProduct(
        {x,
         static_cast<int32_t>(m_taps),
         static_cast<int32_t>(m_taps),
         {rest, m_outputRows.data(), static_cast<int32_t>(rows), kOneRun, 1, channels},
         sums,
         channels});
}

void RowBlocks::addSums(size_t from, size_t rows, float* sums) const {
    for (size_t i = 0; i < rows; ++i)
        learning::addTo(sums, m_problem.inputs.row(from + i), m_problem.inputs.columns);
}

void RowBlocks::addSquares(size_t from, size_t rows, std::vector<float>& scratch,
                           float* sums) const {
    const float* x = m_problem.inputs.row(from);
    const size_t columns = m_problem.inputs.columns;
    if (!m_problem.isDepthwise) {
        // The lower triangle, in strips of rows.
        constexpr size_t kStrip = 48;
        for (size_t k = 0; k < columns; k += kStrip) {
            const size_t strip = std::min(kStrip, columns - k);
            learning::outerProduct({x + k,
                                    static_cast<int32_t>(columns),
                                    static_cast<int32_t>(strip),
                                    {x, m_inputRows.data(), static_cast<int32_t>(rows), kOneRun, 1,
                                     static_cast<int32_t>(k + strip)},
                                    sums + k * columns,
                                    static_cast<int32_t>(columns)});
        }
        return;
    }
    scratch.resize(kMost * m_channels + learning::kSlack);
    for (size_t k = 0; k < m_taps; ++k) {
        for (size_t i = 0; i < rows; ++i)
            std::copy_n(x + i * columns + k * m_channels, m_channels,
                        scratch.data() + i * m_channels);
        DepthwiseShape upToThisTap = windowsOf(m_channels, m_taps, rows, rows);
        upToThisTap.height = static_cast<int32_t>(k) / upToThisTap.width + 1;
        learning::depthwiseWeights(upToThisTap, x, scratch.data(), sums + k * m_taps * m_channels);
    }
}

namespace plain {
namespace {

/// Calls visit(row of the block, tap, channel, input).
template <typename Visit>
void forInputs(const LinearProblem& problem, size_t from, size_t rows, Visit visit) {
    const size_t channels = problem.outputs.columns;
    for (size_t i = 0; i < rows; ++i)
        for (size_t k = 0; k < problem.taps(); ++k)
            for (size_t c = 0; c < channels; ++c)
                visit(i, k, c,
                      problem.inputs.row(from + i)[problem.isDepthwise ? k * channels + c : k]);
}

}  // namespace

void predict(const LinearProblem& problem, size_t from, size_t rows,
             const std::vector<float>& weights, const float* bias, float* predicted) {
    const size_t channels = problem.outputs.columns;
    for (size_t i = 0; i < rows * channels; ++i)
        predicted[i] =
            bias[i % channels] + (problem.others.rows > 0 ? problem.others.row(from)[i] : 0.0f);
    forInputs(problem, from, rows, [&](size_t i, size_t k, size_t c, float input) {
        predicted[i * channels + c] += input * weights[k * channels + c];
    });
}

void addSlopes(const LinearProblem& problem, size_t from, size_t rows, const float* rest,
               float* sums) {
    const size_t channels = problem.outputs.columns;
    forInputs(problem, from, rows, [&](size_t i, size_t k, size_t c, float input) {
        sums[k * channels + c] += input * rest[i * channels + c];
    });
}

void addSquares(const LinearProblem& problem, size_t from, size_t rows, float* sums) {
    const size_t each = problem.isDepthwise ? problem.outputs.columns : 1, taps = problem.taps();
    for (size_t i = 0; i < rows; ++i)
        for (size_t k = 0; k < taps; ++k)
            for (size_t l = 0; l < taps; ++l)
                for (size_t c = 0; c < each; ++c)
                    sums[(k * taps + l) * each + c] += problem.inputs.row(from + i)[k * each + c] *
                                                       problem.inputs.row(from + i)[l * each + c];
}

}  // namespace plain
}  // namespace transform

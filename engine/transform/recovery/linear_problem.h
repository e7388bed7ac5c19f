// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LinearProblem: what clamped_least_squares.h solves; and the products of its rows, block by block,
// by the kernels of training (learning/kernels).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace transform {

/// A matrix of real values, row-major.
struct Matrix {
    size_t rows = 0, columns = 0;
    std::vector<float> values;

    /// Makes room for rows x columns values and for vectors that read behind the end; keeps memory
    /// that is there, so what it holds then is undefined.
    void resize(size_t newRows, size_t newColumns);

    float* row(size_t i) { return values.data() + i * columns; }
    const float* row(size_t i) const { return values.data() + i * columns; }
};

struct LinearProblem {
    Matrix inputs;            ///< X: one row per output position; made by resize()
    Matrix outputs;           ///< Y: wanted outputs, after clamping
    Matrix others;            ///< Z: what is added to the layer's outputs; empty: nothing
    size_t heldOut = 0;       ///< number of last rows for validation, not for training
    float low = 0, high = 0;  ///< the clamp; infinite: none
    bool hasBias = true;
    /// Every output channel has taps of its own: columns of X are taps x channels.
    bool isDepthwise = false;

    /// Weights of one output channel.
    size_t taps() const { return isDepthwise ? inputs.columns / outputs.columns : inputs.columns; }
};

/// Products of blocks of a problem's rows. Thread rules: functions of their arguments; sums run in
/// an order that depends on the sizes only.
class RowBlocks {
public:
    static constexpr size_t kMost = 64;  ///< rows of a block, which stays in the cache

    /// `problem` outlives this.
    explicit RowBlocks(const LinearProblem& problem);

    /// Weights (taps x channels) as predict() takes them.
    std::vector<float> packed(const std::vector<float>& weights) const;
    /// predicted[i][c] = row i times the weights of c + bias[c] + others[i][c].
    void predict(size_t from, size_t rows, const std::vector<float>& packed, const float* bias,
                 float* predicted) const;
    /// sums[k][c] += over the rows: input of tap k (of channel c) * rest[i][c]. Vectors read behind
    /// the end of `rest`.
    void addSlopes(size_t from, size_t rows, const float* rest, float* sums) const;
    /// sums[i] += column i over the rows.
    void addSums(size_t from, size_t rows, float* sums) const;
    /// sums[k][l] += over the rows: input k * input l, for l <= k at least; depthwise layers have
    /// such a matrix per channel: sums[k][l][c]. `scratch` is used.
    void addSquares(size_t from, size_t rows, std::vector<float>& scratch, float* sums) const;

private:
    const LinearProblem& m_problem;
    size_t m_channels, m_taps;
    std::vector<int32_t> m_inputRows, m_outputRows;  ///< first floats of a block's rows
};

/// The same by definition, one element at a time.
namespace plain {
void predict(const LinearProblem& problem, size_t from, size_t rows,
             const std::vector<float>& weights, const float* bias, float* predicted);
void addSlopes(const LinearProblem& problem, size_t from, size_t rows, const float* rest,
               float* sums);
void addSquares(const LinearProblem& problem, size_t from, size_t rows, float* sums);
}  // namespace plain

}  // namespace transform

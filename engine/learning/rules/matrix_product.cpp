// SPDX-License-Identifier: GPL-3.0-or-later
// BATCH_MATMUL: products of matrices along the last two axes, with broadcast batches.

#include "learning/rules/broadcast_rows.h"
#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::Shape;

Shape batchesOf(const Shape& shape) {
    return Shape(shape.begin(), shape.end() - 2);
}

/// Element (row, column) of a matrix that may be stored transposed.
struct Layout {
    size_t rowStep, columnStep;

    Layout(const Shape& shape, bool transposed)
        : rowStep(transposed ? 1 : static_cast<size_t>(shape.back())),
          columnStep(transposed ? static_cast<size_t>(shape.back()) : 1) {}
    size_t at(size_t row, size_t column) const { return row * rowStep + column * columnStep; }
};

class MatrixProduct : public Rule {
public:
    MatrixProduct(const RuleContext& context, const types::BatchMatMulOptions& options)
        : Rule(context),
          m_left(in(0).shape, options.transposeLeft),
          m_right(in(1).shape, options.transposeRight),
          m_batches(batchesOf(out().shape), {batchesOf(in(0).shape), batchesOf(in(1).shape)}),
          m_rows(static_cast<size_t>(*(out().shape.end() - 2))),
          m_columns(static_cast<size_t>(out().shape.back())),
          m_depth(static_cast<size_t>(*(in(0).shape.end() - (options.transposeLeft ? 2 : 1)))) {}

    bool trains(size_t operand) const override { return in(operand).constant; }

    void forward(const Chunk& chunk) override {
        float* output = out().values(chunk);
        std::fill_n(output, chunk.count * out().size, 0.0f);
        forEachMatrix(chunk, [&](size_t left, size_t right, size_t to) {
            const float* a = in(0).values(chunk) + left;
            const float* b = in(1).values(chunk) + right;
            forEachProduct([&](size_t i, size_t k, size_t j) {
                output[to + i * m_columns + j] += a[m_left.at(i, k)] * b[m_right.at(k, j)];
            });
        });
    }

    void backward(const Chunk& chunk) override {
        const float* outer = out().gradients(chunk);
        forEachMatrix(chunk, [&](size_t left, size_t right, size_t to) {
            const float* a = in(0).values(chunk) + left;
            const float* b = in(1).values(chunk) + right;
            if (wantsGradient(0)) {
                float* inner = in(0).gradients(chunk) + left;
                forEachProduct([&](size_t i, size_t k, size_t j) {
                    inner[m_left.at(i, k)] += outer[to + i * m_columns + j] * b[m_right.at(k, j)];
                });
            }
            if (wantsGradient(1)) {
                float* inner = in(1).gradients(chunk) + right;
                forEachProduct([&](size_t i, size_t k, size_t j) {
                    inner[m_right.at(k, j)] += outer[to + i * m_columns + j] * a[m_left.at(i, k)];
                });
            }
        });
    }

private:
    /// Calls visit(first element of the left, right and output matrix) for each output matrix.
    template <typename Visit>
    void forEachMatrix(const Chunk& chunk, Visit visit) const {
        for (size_t s = 0; s < chunk.count; ++s)
            for (size_t m = 0; m < m_batches.count * m_batches.length; ++m)
                visit(offset(0, s, m, m_rows * m_depth), offset(1, s, m, m_depth * m_columns),
                      s * out().size + m * m_rows * m_columns);
    }
    size_t offset(size_t operand, size_t sample, size_t matrix, size_t elements) const {
        const auto& places = m_batches.operands[operand];
        const size_t index =
            places.offsets[matrix / m_batches.length] + matrix % m_batches.length * places.step;
        return (in(operand).constant ? 0 : sample * in(operand).size) + index * elements;
    }

    template <typename Visit>
    void forEachProduct(Visit visit) const {
        for (size_t i = 0; i < m_rows; ++i)
            for (size_t k = 0; k < m_depth; ++k)
                for (size_t j = 0; j < m_columns; ++j)
                    visit(i, k, j);
    }

    Layout m_left, m_right;
    BroadcastRows m_batches;
    size_t m_rows, m_columns, m_depth;
};

}  // namespace

RulePtr makeMatrixProduct(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::BATCH_MATMUL) return nullptr;
    const Shape& output = context.graph.tensor(op.output(0)).shape;
    for (size_t i = 0; i < 2; ++i) {
        const Shape& shape = context.graph.tensor(op.input(i)).shape;
        if (shape.size() < 2 || !broadcasts(batchesOf(shape), batchesOf(output))) return nullptr;
    }
    return std::make_unique<MatrixProduct>(context,
                                           std::get<types::BatchMatMulOptions>(op.options));
}

}  // namespace learning

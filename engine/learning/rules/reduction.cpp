// SPDX-License-Identifier: GPL-3.0-or-later
// MEAN, SUM, REDUCE_MAX and REDUCE_MIN over constant axes.

#include <limits>

#include "analysis/constants.h"
#include "learning/rules/broadcast_rows.h"
#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::OpKind;

class Reduction : public Rule {
public:
    /// `kept`: the shape of the input with reduced axes of length 1.
    Reduction(const RuleContext& context, const types::Shape& kept)
        : Rule(context),
          m_kind(context.operation().kind),
          m_rows(context.graph.tensor(context.operation().input(0)).shape, {kept}),
          m_share(m_kind == OpKind::MEAN
                      ? static_cast<float>(out().size) / static_cast<float>(in(0).size)
                      : 1.0f) {}

    void forward(const Chunk& chunk) override {
        for (size_t s = 0; s < chunk.count; ++s) {
            const float* input = in(0).values(chunk) + s * in(0).size;
            float* output = out().values(chunk) + s * out().size;
            std::fill_n(output, out().size, startValue());
            forEachRow([&](size_t from, size_t to, size_t step) {
                for (size_t i = 0; i < m_rows.length; ++i)
                    combine(output[to + i * step], input[from + i]);
            });
            for (size_t i = 0; i < out().size; ++i)
                output[i] *= m_share;
        }
    }

    size_t scratchFloats() const override { return out().size; }

    void backward(const Chunk& chunk) override {
        if (!wantsGradient(0)) return;
        for (size_t s = 0; s < chunk.count; ++s) {
            const float* outer = out().gradients(chunk) + s * out().size;
            float* inner = in(0).gradients(chunk) + s * in(0).size;
            if (isSum())
                forEachRow([&](size_t from, size_t to, size_t step) {
                    for (size_t i = 0; i < m_rows.length; ++i)
                        inner[from + i] += outer[to + i * step] * m_share;
                });
            else
                backExtreme(chunk, s, outer, inner);
        }
    }

private:
    bool isSum() const { return m_kind == OpKind::MEAN || m_kind == OpKind::SUM; }
    float startValue() const {
        if (isSum()) return 0;
        constexpr float kInfinite = std::numeric_limits<float>::infinity();
        return m_kind == OpKind::REDUCE_MAX ? -kInfinite : kInfinite;
    }
    void combine(float& sum, float value) const {
        if (isSum())
            sum += value;
        else
            sum = m_kind == OpKind::REDUCE_MAX ? std::max(sum, value) : std::min(sum, value);
    }

    /// Calls visit(first element, output, step of the output) for every row of the input.
    template <typename Visit>
    void forEachRow(Visit visit) const {
        const auto& output = m_rows.operands[0];
        for (size_t row = 0; row < m_rows.count; ++row)
            visit(row * m_rows.length, output.offsets[row], output.step);
    }

    /// The first extreme element gets the whole gradient.
    void backExtreme(const Chunk& chunk, size_t s, const float* outer, float* inner) const {
        const float* input = in(0).values(chunk) + s * in(0).size;
        const float* output = out().values(chunk) + s * out().size;
        float* open = chunk.scratch;
        std::fill_n(open, out().size, 1.0f);
        forEachRow([&](size_t from, size_t to, size_t step) {
            for (size_t i = 0; i < m_rows.length; ++i) {
                const size_t owner = to + i * step;
                if (open[owner] == 0 || input[from + i] != output[owner]) continue;
                inner[from + i] += outer[owner];
                open[owner] = 0;
            }
        });
    }

    OpKind m_kind;
    BroadcastRows m_rows;
    float m_share;
};

}  // namespace

RulePtr makeReduction(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != OpKind::MEAN && op.kind != OpKind::SUM && op.kind != OpKind::REDUCE_MAX &&
        op.kind != OpKind::REDUCE_MIN)
        return nullptr;
    const auto axes = analysis::constantInts(context.graph, op.input(1));
    if (!axes) return nullptr;
    types::Shape kept = context.graph.tensor(op.input(0)).shape;
    const auto rank = static_cast<int64_t>(kept.size());
    for (int64_t axis : *axes) {
        if (axis < -rank || axis >= rank) return nullptr;
        kept[static_cast<size_t>(axis < 0 ? axis + rank : axis)] = 1;
    }
    return std::make_unique<Reduction>(context, kept);
}

}  // namespace learning

// SPDX-License-Identifier: GPL-3.0-or-later
// SOFTMAX, LOG_SOFTMAX and L2_NORMALIZATION along the last axis.

#include <cmath>

#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::OpKind;

constexpr float kSmallestNorm = 1e-6f;  ///< as in the runtime's kernel

float normOf(const float* row, size_t depth) {
    float squares = 0;
    for (size_t i = 0; i < depth; ++i)
        squares += row[i] * row[i];
    return std::max(std::sqrt(squares), kSmallestNorm);
}

class Normalization : public Rule {
public:
    Normalization(const RuleContext& context, size_t depth)
        : Rule(context), m_kind(context.operation().kind), m_depth(depth) {
        if (const auto* options = std::get_if<types::SoftmaxOptions>(&context.operation().options))
            m_beta = options->beta;
    }

    void forward(const Chunk& chunk) override {
        const float* x = in(0).values(chunk);
        float* y = out().values(chunk);
        for (size_t i = 0; i < chunk.count * out().size; i += m_depth)
            m_kind == OpKind::L2_NORMALIZATION ? normalize(x + i, y + i) : softmax(x + i, y + i);
    }

    void backward(const Chunk& chunk) override {
        if (!wantsGradient(0)) return;
        const float* x = in(0).values(chunk);
        const float* y = out().values(chunk);
        const float* outer = out().gradients(chunk);
        float* inner = in(0).gradients(chunk);
        for (size_t i = 0; i < chunk.count * out().size; i += m_depth)
            back(x + i, y + i, outer + i, inner + i);
    }

private:
    void normalize(const float* x, float* y) const {
        const float norm = normOf(x, m_depth);
        for (size_t i = 0; i < m_depth; ++i)
            y[i] = x[i] / norm;
    }

    void softmax(const float* x, float* y) const {
        const float greatest = *std::max_element(x, x + m_depth);
        float sum = 0;
        for (size_t i = 0; i < m_depth; ++i)
            sum += y[i] = std::exp((x[i] - greatest) * m_beta);
        const float logarithm = std::log(sum);
        for (size_t i = 0; i < m_depth; ++i)
            y[i] = m_kind == OpKind::SOFTMAX ? y[i] / sum : x[i] - greatest - logarithm;
    }

    void back(const float* x, const float* y, const float* outer, float* inner) const {
        float product = 0, sum = 0;
        for (size_t i = 0; i < m_depth; ++i)
            product += outer[i] * y[i], sum += outer[i];
        const float norm = m_kind == OpKind::L2_NORMALIZATION ? normOf(x, m_depth) : 1.0f;
        for (size_t i = 0; i < m_depth; ++i)
            switch (m_kind) {
                case OpKind::SOFTMAX:
                    inner[i] += m_beta * y[i] * (outer[i] - product);
                    break;
                case OpKind::LOG_SOFTMAX:
                    inner[i] += outer[i] - std::exp(y[i]) * sum;
                    break;
                default:
                    inner[i] += (outer[i] - (norm > kSmallestNorm ? y[i] * product : 0)) / norm;
            }
    }

    OpKind m_kind;
    size_t m_depth;
    float m_beta = 1;
};

}  // namespace

RulePtr makeNormalization(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != OpKind::SOFTMAX && op.kind != OpKind::LOG_SOFTMAX &&
        op.kind != OpKind::L2_NORMALIZATION)
        return nullptr;
    const auto& shape = context.graph.tensor(op.input(0)).shape;
    // Values behind a clamp cannot tell the direction before it.
    const bool clamps = activationOf(op.options) != types::Activation::None;
    if (shape.empty() || shape.back() == 0 || clamps) return nullptr;
    return std::make_unique<Normalization>(context, static_cast<size_t>(shape.back()));
}

}  // namespace learning

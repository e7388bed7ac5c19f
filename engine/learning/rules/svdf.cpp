// SPDX-License-Identifier: GPL-3.0-or-later
// SVDF on its first invoke: all features before it are 0, so only the newest time weight counts.
// Operands: input, feature weights, time weights, bias, state.

#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"

namespace learning {
namespace {

class Svdf : public Rule {
public:
    Svdf(const RuleContext& context, const types::SvdfOptions& options)
        : Rule(context),
          m_activation(options.activation),
          m_rank(static_cast<size_t>(options.rank)),
          m_inputs(static_cast<size_t>(in(1).shape[1])),
          m_filters(static_cast<size_t>(in(1).shape[0])),
          m_memory(static_cast<size_t>(in(2).shape[1])),
          m_features(context.batch * rows(1) * m_filters) {}

    bool trains(size_t operand) const override { return operand >= 1 && operand <= 3; }

    void forward(const Chunk& chunk) override {
        const float* x = in(0).values(chunk);
        float* y = out().values(chunk);
        float* features = featuresOf(chunk);
        for (size_t row = 0; row < rows(chunk.count); ++row, x += m_inputs, y += units()) {
            for (size_t u = 0; u < units(); ++u)
                y[u] = has(3) ? in(3).value[u] : 0.0f;
            for (size_t f = 0; f < m_filters; ++f, ++features) {
                *features = 0;
                for (size_t i = 0; i < m_inputs; ++i)
                    *features += x[i] * in(1).value[f * m_inputs + i];
                y[f / m_rank] += *features * in(2).value[newest(f)];
            }
        }
        m_activation.apply(out().values(chunk), chunk.count * out().size);
    }

    size_t scratchFloats() const override { return chunkSamples() * out().size; }

    void backward(const Chunk& chunk) override {
        float* bias = wantsGradient(3) ? in(3).gradients(chunk) : nullptr;
        const float* outer = m_activation.before(out(), chunk, chunk.scratch, bias, units());
        const float* features = featuresOf(chunk);
        for (size_t row = 0; row < rows(chunk.count); ++row, outer += units())
            for (size_t f = 0; f < m_filters; ++f, ++features)
                backFilter(chunk, row, f, outer[f / m_rank], *features);
    }

private:
    size_t rows(size_t samples) const { return samples * in(0).size / m_inputs; }
    size_t units() const { return m_filters / m_rank; }
    size_t newest(size_t filter) const { return filter * m_memory + m_memory - 1; }
    float* featuresOf(const Chunk& chunk) {
        return m_features.data() + rows(chunk.first) * m_filters;
    }

    void backFilter(const Chunk& chunk, size_t row, size_t f, float outer, float feature) const {
        const float* x = in(0).values(chunk) + row * m_inputs;
        const float* weights = in(1).value + f * m_inputs;
        const float slope = outer * in(2).value[newest(f)];
        if (wantsGradient(2)) in(2).gradients(chunk)[newest(f)] += outer * feature;
        for (size_t i = 0; i < m_inputs; ++i) {
            if (wantsGradient(1)) in(1).gradients(chunk)[f * m_inputs + i] += slope * x[i];
            if (wantsGradient(0)) in(0).gradients(chunk)[row * m_inputs + i] += slope * weights[i];
        }
    }

    FusedActivation m_activation;
    size_t m_rank, m_inputs, m_filters, m_memory;
    Floats m_features;
};

}  // namespace

RulePtr makeSvdf(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::SVDF) return nullptr;
    const auto& options = std::get<types::SvdfOptions>(op.options);
    for (size_t operand : {size_t{1}, size_t{2}})
        if (!context.graph.isConstant(op.input(operand))) return nullptr;
    if (options.rank < 1) return nullptr;
    return std::make_unique<Svdf>(context, options);
}

}  // namespace learning

// SPDX-License-Identifier: GPL-3.0-or-later
// TRANSPOSE_CONV: each input position gives a patch of products, which is added to the output; the
// window slides over the output.

#include <limits>

#include "analysis/shapes.h"
#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"
#include "learning/rules/sliding_window.h"

namespace learning {
namespace {

constexpr float kNoLimit = std::numeric_limits<float>::infinity();
constexpr int32_t kSingleRun[] = {0};

class TransposedConvolution : public Rule {
public:
    TransposedConvolution(const RuleContext& context, const SlidingWindow& window, int32_t inputs)
        : Rule(context),
          m_activation(activationOf(context.operation().options)),
          m_window(window),
          m_inputs(inputs),
          m_patch(window.taps() * window.channels),
          m_ordered(static_cast<size_t>(m_patch * inputs)),
          m_packed(packedSize(inputs, m_patch)),
          m_backPacked(packedSize(m_patch, inputs)) {
        for (int32_t row = 0; row < positions(context.chunk); ++row) {
            m_inputRows.push_back(row * inputs);
            m_patchRows.push_back(row * m_patch);
        }
    }

    bool trains(size_t operand) const override { return operand == 1 || operand == 3; }
    bool overwrites(size_t operand) const override { return operand == 2; }

    /// Weights in the order of patches: tap, output channel, input channel.
    void beginStep() override {
        forEachWeight([&](size_t patch, size_t graph, size_t inputs) {
            std::copy_n(in(1).value + graph, inputs, m_ordered.data() + patch);
        });
        const auto inputs = static_cast<size_t>(m_inputs);
        packPanels({m_ordered.data(), m_inputs, m_patch, 1, inputs}, 0, m_inputs, m_packed.data());
        packPanels({m_ordered.data(), m_patch, m_inputs, inputs, 1}, 0, m_patch,
                   m_backPacked.data());
    }

    void forward(const Chunk& chunk) override {
        float* patches = chunk.scratch;
        rowProduct({inputRows(chunk), m_packed.data(), m_patch, patches, m_patch, nullptr,
                    -kNoLimit, kNoLimit});
        float* output = out().values(chunk);
        for (size_t s = 0; s < chunk.count; ++s, output += out().size) {
            const auto channels = static_cast<size_t>(m_window.channels);
            for (size_t i = 0; i < out().size; ++i)
                output[i] = has(3) ? in(3).value[i % channels] : 0.0f;
            scatterPatches(m_window, 1, patches + s * patchFloats(), output);
            m_activation.apply(output, out().size);
        }
    }

    size_t scratchFloats() const override {
        return chunkSamples() * (patchFloats() + out().size) +
               static_cast<size_t>(m_patch * m_inputs) + kSlack;
    }

    void backward(const Chunk& chunk) override {
        float* patches = chunk.scratch + chunkSamples() * out().size;
        float* bias = wantsGradient(3) ? in(3).gradients(chunk) : nullptr;
        const float* gradient = m_activation.before(out(), chunk, chunk.scratch, bias,
                                                    static_cast<size_t>(m_window.channels));
        for (size_t s = 0; s < chunk.count; ++s)
            gatherPatches(m_window, 1, gradient + s * out().size, patches + s * patchFloats());
        if (wantsGradient(2))
            rowProduct(
                {{patches, m_patchRows.data(), positions(chunk.count), kSingleRun, 1, m_patch},
                 m_backPacked.data(),
                 m_inputs,
                 in(2).gradients(chunk),
                 m_inputs,
                 nullptr,
                 -kNoLimit,
                 kNoLimit,
                 adds(2)});
        if (wantsGradient(1)) addWeights(chunk, patches, patches + chunkSamples() * patchFloats());
    }

private:
    int32_t positions(size_t samples) const {
        return static_cast<int32_t>(samples) * m_window.positions();
    }
    size_t patchFloats() const { return static_cast<size_t>(m_window.positions() * m_patch); }
    Rows inputRows(const Chunk& chunk) const {
        return {in(2).values(chunk),
                m_inputRows.data(),
                positions(chunk.count),
                kSingleRun,
                1,
                m_inputs};
    }

    /// Calls visit(index in m_ordered, index in the graph's weights, count) for each row of inputs.
    template <typename Visit>
    void forEachWeight(Visit visit) const {
        for (int32_t tap = 0; tap < m_window.taps(); ++tap)
            for (int32_t o = 0; o < m_window.channels; ++o)
                visit(static_cast<size_t>((tap * m_window.channels + o) * m_inputs),
                      static_cast<size_t>((o * m_window.taps() + tap) * m_inputs),
                      static_cast<size_t>(m_inputs));
    }

    void addWeights(const Chunk& chunk, const float* patches, float* ordered) {
        std::fill_n(ordered, m_patch * m_inputs, 0.0f);
        outerProduct({patches, m_patch, m_patch, inputRows(chunk), ordered, m_inputs});
        forEachWeight([&](size_t patch, size_t graph, size_t inputs) {
            for (size_t c = 0; c < inputs; ++c)
                in(1).gradients(chunk)[graph + c] += ordered[patch + c];
        });
    }

    FusedActivation m_activation;
    SlidingWindow m_window;  ///< over the output
    int32_t m_inputs, m_patch;
    Floats m_ordered, m_packed, m_backPacked;
    std::vector<int32_t> m_inputRows, m_patchRows;
};

}  // namespace

RulePtr makeTransposedConvolution(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::TRANSPOSE_CONV || !context.graph.isConstant(op.input(1)))
        return nullptr;
    const auto& input = context.graph.tensor(op.input(2)).shape;
    const auto& filter = context.graph.tensor(op.input(1)).shape;
    const auto& output = context.graph.tensor(op.output(0)).shape;
    SlidingWindow window =
        windowOf(std::get<types::WindowOptions>(op.options), output, filter[1], filter[2]);
    if (window.outHeight != input[1] || window.outWidth != input[2]) return nullptr;
    return std::make_unique<TransposedConvolution>(context, window, filter[3]);
}

}  // namespace learning

// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED: products of rows with the weights. Backwards, with strides of 1 the
// gradient of the input is a convolution of the output's gradient with the reversed window; else
// each position's gradient gives a patch that is added to the image.

#include <limits>

#include "learning/rules/fused_activation.h"
#include "learning/rules/row_source.h"
#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::OpKind;

constexpr float kUnbounded = std::numeric_limits<float>::infinity();

class Convolution : public Rule {
public:
    Convolution(const RuleContext& context, const SlidingWindow& window, int32_t channels,
                int32_t groups)
        : Rule(context),
          m_activation(activationOf(context.operation().options)),
          m_source(window, groups, context.chunk),
          m_reversed(window.reversed(channels), 1, context.chunk),
          m_groups(groups),
          m_channels(channels / groups),
          m_depth(window.taps() * window.channels / groups),
          m_reverses(groups == 1 && window.strideHeight == 1 && window.strideWidth == 1),
          m_copy(context.batch * m_source.copyFloats()),
          m_weights(packedSize(m_depth, m_channels) * static_cast<size_t>(groups)),
          m_backWeights(m_reverses
                            ? packedSize(window.taps() * channels, window.channels)
                            : packedSize(m_channels, m_depth) * static_cast<size_t>(groups)) {
        if (!m_reverses)
            for (int32_t row = 0; row < positions(context.chunk); ++row)
                m_gradientRows.push_back(row * channels);
    }

    bool trains(size_t operand) const override { return operand == 1 || operand == 2; }
    bool overwrites(size_t operand) const override { return operand == 0 && m_reverses; }

    void beginStep() override {
        const float* weights = in(1).value;
        const auto depth = static_cast<size_t>(m_depth);
        for (int32_t g = 0; g < m_groups; ++g) {
            const float* group = weights + static_cast<size_t>(g * m_channels) * depth;
            packPanels({group, m_depth, m_channels, 1, depth}, 0, m_depth, packed(m_weights, g));
            if (wantsGradient(0) && !m_reverses)
                packPanels({group, m_channels, m_depth, depth, 1}, 0, m_channels,
                           m_backWeights.data() +
                               static_cast<size_t>(g) * packedSize(m_channels, m_depth));
        }
        if (wantsGradient(0) && m_reverses) packReversed(weights);
    }

    void forward(const Chunk& chunk) override {
        const float* images = in(0).values(chunk);
        m_source.fill(images, chunk.count, copyOf(chunk));
        float* output = out().values(chunk);
        const float* bias = has(2) ? in(2).value : nullptr;
        for (int32_t g = 0; g < m_groups; ++g)
            rowProduct({rowsOf(chunk, g), packed(m_weights, g), m_channels, output + g * m_channels,
                        step(), bias != nullptr ? bias + g * m_channels : nullptr,
                        m_activation.lowest(), m_activation.highest()});
        m_activation.applyRest(output, chunk.count * out().size);
    }

    size_t scratchFloats() const override {
        const size_t backwards = m_reverses
                                     ? m_reversed.copyFloats()
                                     : static_cast<size_t>(positions(1) * m_groups * m_depth);
        return chunkSamples() * (out().size + backwards) + kSlack;
    }

    void backward(const Chunk& chunk) override {
        float* bias = wantsGradient(2) ? in(2).gradients(chunk) : nullptr;
        const float* gradient =
            m_activation.before(out(), chunk, chunk.scratch, bias, static_cast<size_t>(step()));
        if (wantsGradient(1))
            for (int32_t g = 0; g < m_groups; ++g)
                outerProduct({gradient + g * m_channels, step(), m_channels, rowsOf(chunk, g),
                              in(1).gradients(chunk) + static_cast<size_t>(g * m_channels) *
                                                           static_cast<size_t>(m_depth),
                              m_depth});
        if (!wantsGradient(0)) return;
        float* scratch = chunk.scratch + chunkSamples() * out().size;
        m_reverses ? reverse(chunk, gradient, scratch) : spread(chunk, gradient, scratch);
    }

private:
    int32_t step() const { return m_channels * m_groups; }
    int32_t positions(size_t samples) const {
        return static_cast<int32_t>(samples) * m_source.window().positions();
    }
    float* copyOf(const Chunk& chunk) {
        return m_copy.data() + chunk.first * m_source.copyFloats();
    }
    Rows rowsOf(const Chunk& chunk, int32_t group) {
        return m_source.rows(in(0).values(chunk), copyOf(chunk), chunk.count, group);
    }
    float* packed(Floats& weights, int32_t group) const {
        return weights.data() + static_cast<size_t>(group) * packedSize(m_depth, m_channels);
    }

    /// Row (tap, output channel), column (input channel), taps in reverse order.
    void packReversed(const float* weights) {
        const SlidingWindow& window = m_source.window();
        const auto inputs = static_cast<size_t>(window.channels);
        for (int32_t tap = 0; tap < window.taps(); ++tap)
            packPanels({weights + static_cast<size_t>(window.taps() - 1 - tap) * inputs, step(),
                        window.channels, static_cast<size_t>(m_depth), 1},
                       tap * step(), window.taps() * step(), m_backWeights.data());
    }

    void reverse(const Chunk& chunk, const float* gradient, float* scratch) {
        m_reversed.fill(gradient, chunk.count, scratch);
        rowProduct({m_reversed.rows(gradient, scratch, chunk.count), m_backWeights.data(),
                    m_source.window().channels, in(0).gradients(chunk), m_source.window().channels,
                    nullptr, -kUnbounded, kUnbounded, adds(0)});
    }

    void spread(const Chunk& chunk, const float* gradient, float* patches) {
        static constexpr int32_t kOneRun[] = {0};
        const int32_t patch = m_groups * m_depth;
        for (int32_t g = 0; g < m_groups; ++g)
            rowProduct(
                {{gradient + g * m_channels, m_gradientRows.data(), positions(chunk.count), kOneRun,
                  1, m_channels},
                 m_backWeights.data() + static_cast<size_t>(g) * packedSize(m_channels, m_depth),
                 m_depth,
                 patches + g * m_depth,
                 patch,
                 nullptr,
                 -kUnbounded,
                 kUnbounded});
        float* images = in(0).gradients(chunk);
        const SlidingWindow& window = m_source.window();
        for (size_t s = 0; s < chunk.count; ++s, images += window.inFloats())
            scatterPatches(
                window, m_groups,
                patches + s * static_cast<size_t>(window.positions()) * static_cast<size_t>(patch),
                images);
    }

    FusedActivation m_activation;
    RowSource m_source, m_reversed;
    int32_t m_groups, m_channels, m_depth;  ///< channels and depth of a group
    bool m_reverses;
    Floats m_copy, m_weights, m_backWeights;
    std::vector<int32_t> m_gradientRows;
};

RulePtr makeDense(const RuleContext& context) {
    const auto& options = std::get<types::FullyConnectedOptions>(context.operation().options);
    const auto& weights = context.graph.tensor(context.operation().input(1)).shape;
    if (options.shuffledWeights || weights.size() != 2 || weights[1] == 0) return nullptr;
    const auto elements = context.graph.tensor(context.operation().input(0)).elements();
    SlidingWindow window{.images = static_cast<int32_t>(elements / weights[1]),
                         .channels = weights[1]};
    return std::make_unique<Convolution>(context, window, weights[0], 1);
}

}  // namespace

RulePtr makeConvolution(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != OpKind::CONV_2D && op.kind != OpKind::FULLY_CONNECTED) return nullptr;
    if (!context.graph.isConstant(op.input(1))) return nullptr;
    if (op.kind == OpKind::FULLY_CONNECTED) return makeDense(context);
    const auto& input = context.graph.tensor(op.input(0)).shape;
    const auto& filter = context.graph.tensor(op.input(1)).shape;
    const SlidingWindow window =
        windowOf(std::get<types::WindowOptions>(op.options), input, filter[1], filter[2]);
    return std::make_unique<Convolution>(context, window, filter[0], input[3] / filter[3]);
}

}  // namespace learning

// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D. An input with several filters per channel is first copied that many times, so
// that every filter has a channel of its own.

#include <limits>

#include "learning/kernels/depthwise_products.h"
#include "learning/kernels/element_loops.h"
#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"
#include "learning/rules/sliding_window.h"

namespace learning {
namespace {

constexpr float kWide = std::numeric_limits<float>::infinity();

DepthwiseShape shapeOf(const SlidingWindow& w) {
    return {w.channels,     w.outHeight,   w.outWidth,       w.height,        w.width,
            w.strideHeight, w.strideWidth, w.dilationHeight, w.dilationWidth, w.paddedWidth()};
}

class Depthwise : public Rule {
public:
    /// `window` has the channels of the output.
    Depthwise(const RuleContext& context, const SlidingWindow& window, int32_t multiplier)
        : Rule(context),
          m_activation(activationOf(context.operation().options)),
          m_window(window),
          m_reversed(window.reversed(window.channels)),
          m_multiplier(static_cast<size_t>(multiplier)),
          m_reverses(window.strideHeight == 1 && window.strideWidth == 1),
          m_copies(window.pads() || multiplier > 1),
          m_copy(m_copies ? context.batch * window.paddedFloats() : 0),
          m_reversedWeights(m_reverses ? weightCount() : 0) {}

    bool trains(size_t operand) const override { return operand == 1 || operand == 2; }
    bool overwrites(size_t operand) const override {
        return operand == 0 && m_reverses && m_multiplier == 1;
    }

    void beginStep() override {
        if (!m_reverses) return;
        const auto channels = static_cast<size_t>(m_window.channels);
        for (size_t tap = 0; tap < weightCount(); tap += channels)
            std::copy_n(in(1).value + tap, channels,
                        m_reversedWeights.data() + weightCount() - channels - tap);
    }

    void forward(const Chunk& chunk) override {
        if (m_copies) copyInput(chunk);
        const DepthwiseShape shape = shapeOf(m_window);
        float* output = out().values(chunk);
        for (size_t image = 0; image < images(chunk); ++image)
            depthwise(shape, {input(chunk, image), in(1).value, has(2) ? in(2).value : nullptr,
                              output + image * outFloats(), m_activation.lowest(),
                              m_activation.highest()});
        m_activation.applyRest(output, chunk.count * out().size);
    }

    size_t scratchFloats() const override {
        return chunkSamples() * out().size + imageFloats(m_reversed) + m_window.inFloats() +
               imageFloats(m_window) + kSlack;
    }

    void backward(const Chunk& chunk) override {
        float* bias = wantsGradient(2) ? in(2).gradients(chunk) : nullptr;
        const float* gradient = m_activation.before(out(), chunk, chunk.scratch, bias,
                                                    static_cast<size_t>(m_window.channels));
        float* scratch = chunk.scratch + chunkSamples() * out().size;
        for (size_t image = 0; image < images(chunk); ++image) {
            const float* outer = gradient + image * outFloats();
            if (wantsGradient(1))
                depthwiseWeights(shapeOf(m_window), input(chunk, image), outer,
                                 in(1).gradients(chunk));
            if (!wantsGradient(0)) continue;
            float* inner = in(0).gradients(chunk) + image * inFloats() / m_multiplier;
            m_reverses ? reverse(outer, inner, scratch) : spread(outer, inner, scratch);
        }
    }

private:
    size_t weightCount() const { return static_cast<size_t>(m_window.taps() * m_window.channels); }
    size_t images(const Chunk& chunk) const {
        return chunk.count * static_cast<size_t>(m_window.images);
    }
    static size_t imageFloats(const SlidingWindow& window) {
        return window.paddedFloats() / static_cast<size_t>(window.images);
    }
    size_t outFloats() const { return out().size / static_cast<size_t>(m_window.images); }
    size_t inFloats() const { return m_window.inFloats() / static_cast<size_t>(m_window.images); }
    SlidingWindow single(SlidingWindow window) const {
        window.images = 1;
        return window;
    }

    /// Padded image `image` of the chunk.
    const float* input(const Chunk& chunk, size_t image) const {
        if (!m_copies) return in(0).values(chunk) + image * inFloats();
        const size_t before = chunk.first * static_cast<size_t>(m_window.images);
        return m_copy.data() + (before + image) * imageFloats(m_window);
    }

    void copyInput(const Chunk& chunk) {
        const float* from = in(0).values(chunk);
        float* to = m_copy.data() + chunk.first * m_window.paddedFloats();
        if (m_multiplier == 1) {
            for (size_t s = 0; s < chunk.count; ++s, from += m_window.inFloats())
                padImages(m_window, from, to + s * m_window.paddedFloats());
            return;
        }
        float* repeated = chunk.scratch;
        for (size_t s = 0; s < chunk.count; ++s) {
            for (size_t i = 0; i < m_window.inFloats(); ++i)
                repeated[i] = from[i / m_multiplier];
            padImages(m_window, repeated, to + s * m_window.paddedFloats());
            from += in(0).size;
        }
    }

    void reverse(const float* outer, float* inner, float* scratch) {
        const float* padded = outer;
        if (m_reversed.pads()) {
            padImages(single(m_reversed), outer, scratch);
            padded = scratch;
        }
        float* sums = scratch + imageFloats(m_reversed);
        const bool direct = m_multiplier == 1;
        depthwise(shapeOf(m_reversed), {padded, m_reversedWeights.data(), nullptr,
                                        direct ? inner : sums, -kWide, kWide, direct && adds(0)});
        if (!direct) addRepeated(sums, inFloats(), inner);
    }

    void spread(const float* outer, float* inner, float* padded) {
        std::fill_n(padded, imageFloats(m_window), 0.0f);
        depthwiseSpread(shapeOf(m_window), outer, in(1).value, padded);
        const auto channels = static_cast<size_t>(m_window.channels);
        const size_t row = static_cast<size_t>(m_window.inWidth) * channels;
        const size_t step = static_cast<size_t>(m_window.paddedWidth()) * channels;
        const float* from = padded + static_cast<size_t>(m_window.top) * step +
                            static_cast<size_t>(m_window.left) * channels;
        for (int32_t y = 0; y < m_window.inHeight; ++y)
            addRepeated(from + static_cast<size_t>(y) * step, row,
                        inner + static_cast<size_t>(y) * row / m_multiplier);
    }

    /// Adds the gradients of a channel's copies to that of the channel.
    void addRepeated(const float* from, size_t count, float* inner) const {
        if (m_multiplier == 1) return addTo(inner, from, count);
        for (size_t i = 0; i < count; ++i)
            inner[i / m_multiplier] += from[i];
    }

    FusedActivation m_activation;
    SlidingWindow m_window, m_reversed;
    size_t m_multiplier;
    bool m_reverses, m_copies;
    Floats m_copy, m_reversedWeights;
};

}  // namespace

RulePtr makeDepthwise(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::DEPTHWISE_CONV_2D || !context.graph.isConstant(op.input(1)))
        return nullptr;
    const auto& input = context.graph.tensor(op.input(0)).shape;
    const auto& filter = context.graph.tensor(op.input(1)).shape;
    if (filter[3] % input[3] != 0) return nullptr;
    SlidingWindow window =
        windowOf(std::get<types::WindowOptions>(op.options), input, filter[1], filter[2]);
    window.channels = filter[3];
    return std::make_unique<Depthwise>(context, window, filter[3] / input[3]);
}

}  // namespace learning

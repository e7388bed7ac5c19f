// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D: the padding does not count.

#include <cmath>

#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"
#include "learning/rules/sliding_window.h"

namespace learning {
namespace {

using types::OpKind;

class Pool : public Rule {
public:
    Pool(const RuleContext& context, const SlidingWindow& window)
        : Rule(context),
          m_kind(context.operation().kind),
          m_activation(activationOf(context.operation().options)),
          m_window(window),
          m_channels(static_cast<size_t>(window.channels)) {}

    void forward(const Chunk& chunk) override {
        for (size_t s = 0; s < chunk.count; ++s) {
            const float* input = in(0).values(chunk) + s * in(0).size;
            float* output = out().values(chunk) + s * out().size;
            for (int32_t p = 0; p < m_window.positions(); ++p, output += m_channels)
                m_kind == OpKind::MAX_POOL_2D ? greatest(p, input, output)
                                              : average(p, input, output);
        }
        m_activation.apply(out().values(chunk), chunk.count * out().size);
    }

    size_t scratchFloats() const override { return chunkSamples() * out().size; }

    void backward(const Chunk& chunk) override {
        if (!wantsGradient(0)) return;
        const float* outer = m_activation.before(out(), chunk, chunk.scratch);
        for (size_t s = 0; s < chunk.count; ++s) {
            const float* input = in(0).values(chunk) + s * in(0).size;
            const float* output = out().values(chunk) + s * out().size;
            float* inner = in(0).gradients(chunk) + s * in(0).size;
            for (int32_t p = 0; p < m_window.positions(); ++p) {
                switch (m_kind) {
                    case OpKind::MAX_POOL_2D:
                        backGreatest(p, input, outer, inner);
                        break;
                    case OpKind::AVERAGE_POOL_2D:
                        backAverage(p, outer, inner);
                        break;
                    default:
                        backRoot(p, input, output, outer, inner);
                }
                output += m_channels, outer += m_channels;
            }
        }
    }

private:
    float shareOf(int32_t position) const {
        int32_t inside = 0;
        m_window.forEachTap(position, [&](int32_t, size_t) { ++inside; });
        return inside > 0 ? 1.0f / static_cast<float>(inside) : 0.0f;
    }

    void greatest(int32_t position, const float* input, float* output) const {
        std::fill_n(output, m_channels, -std::numeric_limits<float>::max());
        m_window.forEachTap(position, [&](int32_t, size_t from) {
            for (size_t c = 0; c < m_channels; ++c)
                output[c] = std::max(output[c], input[from + c]);
        });
    }

    /// The mean, or the root of the mean of squares.
    void average(int32_t position, const float* input, float* output) const {
        const bool squares = m_kind == OpKind::L2_POOL_2D;
        std::fill_n(output, m_channels, 0.0f);
        m_window.forEachTap(position, [&](int32_t, size_t from) {
            for (size_t c = 0; c < m_channels; ++c)
                output[c] += squares ? input[from + c] * input[from + c] : input[from + c];
        });
        const float share = shareOf(position);
        for (size_t c = 0; c < m_channels; ++c)
            output[c] = squares ? std::sqrt(output[c] * share) : output[c] * share;
    }

    void backAverage(int32_t position, const float* outer, float* inner) const {
        const float share = shareOf(position);
        m_window.forEachTap(position, [&](int32_t, size_t to) {
            for (size_t c = 0; c < m_channels; ++c)
                inner[to + c] += outer[c] * share;
        });
    }

    void backRoot(int32_t position, const float* input, const float* output, const float* outer,
                  float* inner) const {
        const float share = shareOf(position);
        m_window.forEachTap(position, [&](int32_t, size_t to) {
            for (size_t c = 0; c < m_channels; ++c)
                if (output[c] > 0) inner[to + c] += outer[c] * share * input[to + c] / output[c];
        });
    }

    /// The first of the greatest inputs gets the whole gradient.
    void backGreatest(int32_t position, const float* input, const float* outer,
                      float* inner) const {
        for (size_t c = 0; c < m_channels; ++c) {
            std::optional<size_t> best;
            m_window.forEachTap(position, [&](int32_t, size_t from) {
                if (!best || input[from + c] > input[*best]) best = from + c;
            });
            if (best) inner[*best] += outer[c];
        }
    }

    OpKind m_kind;
    FusedActivation m_activation;
    SlidingWindow m_window;
    size_t m_channels;
};

}  // namespace

RulePtr makePool(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != OpKind::AVERAGE_POOL_2D && op.kind != OpKind::MAX_POOL_2D &&
        op.kind != OpKind::L2_POOL_2D)
        return nullptr;
    const auto& options = std::get<types::WindowOptions>(op.options);
    return std::make_unique<Pool>(
        context, windowOf(options, context.graph.tensor(op.input(0)).shape, options.filterHeight,
                          options.filterWidth));
}

}  // namespace learning

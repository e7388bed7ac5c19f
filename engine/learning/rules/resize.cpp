// SPDX-License-Identifier: GPL-3.0-or-later
// RESIZE_BILINEAR: each output mixes four neighbours; backwards they get the same shares.

#include <cmath>

#include "learning/rules/rule.h"

namespace learning {
namespace {

/// Two neighbours along an axis and the share of the second. Source: TFLite's resize_bilinear.
struct Mix {
    size_t low, high;
    float share;
};

std::vector<Mix> mixes(const types::ResizeOptions& options, int32_t in, int32_t out) {
    const bool corners = options.alignCorners && out > 1;
    const float scale =
        static_cast<float>(corners ? in - 1 : in) / static_cast<float>(corners ? out - 1 : out);
    std::vector<Mix> table;
    for (int32_t i = 0; i < out; ++i) {
        const auto place = static_cast<float>(i);
        const float at = options.halfPixelCenters ? (place + 0.5f) * scale - 0.5f : place * scale;
        const float low = std::max(std::floor(at), 0.0f);
        const float high = std::min(std::ceil(at), static_cast<float>(in - 1));
        table.push_back({static_cast<size_t>(low), static_cast<size_t>(high), at - low});
    }
    return table;
}

class ResizeBilinear : public Rule {
public:
    ResizeBilinear(const RuleContext& context, const types::ResizeOptions& options)
        : Rule(context),
          m_rows(mixes(options, in(0).shape[1], out().shape[1])),
          m_columns(mixes(options, in(0).shape[2], out().shape[2])),
          m_channels(static_cast<size_t>(out().shape[3])) {}

    void forward(const Chunk& chunk) override {
        std::fill_n(out().values(chunk), chunk.count * out().size, 0.0f);
        forEachShare(chunk, [&](size_t from, size_t to, float share) {
            const float* input = in(0).values(chunk) + from;
            float* output = out().values(chunk) + to;
            for (size_t c = 0; c < m_channels; ++c)
                output[c] += share * input[c];
        });
    }

    void backward(const Chunk& chunk) override {
        if (!wantsGradient(0)) return;
        forEachShare(chunk, [&](size_t from, size_t to, float share) {
            const float* outer = out().gradients(chunk) + to;
            float* inner = in(0).gradients(chunk) + from;
            for (size_t c = 0; c < m_channels; ++c)
                inner[c] += share * outer[c];
        });
    }

private:
    /// Calls visit(input pixel, output pixel, share) four times per output pixel.
    template <typename Visit>
    void forEachShare(const Chunk& chunk, Visit visit) const {
        const auto height = static_cast<size_t>(in(0).shape[1]);
        const auto width = static_cast<size_t>(in(0).shape[2]);
        size_t to = 0;
        for (size_t image = 0; image < chunk.count * static_cast<size_t>(in(0).shape[0]); ++image)
            for (const Mix& y : m_rows)
                for (const Mix& x : m_columns) {
                    for (int corner = 0; corner < 4; ++corner) {
                        const bool lower = corner >= 2, right = corner % 2 == 1;
                        const size_t row = image * height + (lower ? y.high : y.low);
                        const size_t column = right ? x.high : x.low;
                        visit((row * width + column) * m_channels, to,
                              (lower ? y.share : 1 - y.share) * (right ? x.share : 1 - x.share));
                    }
                    to += m_channels;
                }
    }

    std::vector<Mix> m_rows, m_columns;
    size_t m_channels;
};

}  // namespace

RulePtr makeResize(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::RESIZE_BILINEAR ||
        context.graph.tensor(op.input(0)).shape.size() != 4)
        return nullptr;
    return std::make_unique<ResizeBilinear>(context, std::get<types::ResizeOptions>(op.options));
}

}  // namespace learning

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DEPTHWISE_CONV_2D of int8 with 3x3 filters: channel by channel with all nine weights in
// registers, along lines of the image; three codes side by side are loaded once and added to the
// sums of all outputs of the line that they belong to. A line is a row or a column of the image,
// whichever is longer.

#include "runtime/kernels/convolution.h"
#include "runtime/riscv/channel_block.h"

namespace runtime {

/// Codes, or weights, under one position of a line.
struct ThreeCodes {
    int32_t a, b, c;

    uint32_t sum() const { return static_cast<uint32_t>(a + b + c); }
};

/// Three parallel lines of the image.
struct ThreeLines {
    const int8_t *a, *b, *c;

    [[gnu::always_inline]] void advance(int32_t step) { a += step, b += step, c += step; }
    [[gnu::always_inline]] ThreeCodes next(int32_t step) {
        const ThreeCodes x{*a, *b, *c};
        advance(step);
        return x;
    }
};

[[gnu::always_inline]] inline void addCode(int32_t code, int32_t weight, uint32_t& sum) {
    sum += static_cast<uint32_t>(code * weight);
    keepInRegister(sum);
}

inline uint32_t plus(uint32_t sum, const ThreeCodes& x, const ThreeCodes& w) {
    return sum + static_cast<uint32_t>(x.a * w.a + x.b * w.b + x.c * w.c);
}

/// One direction of the image: height or width. Steps are in bytes.
struct LineAxis {
    int32_t in, out, stride, padding, inStep, outStep, weightStep;
};

/// One line of outputs in the making. A position of the image contributes to the outputs of which
/// it is the last, middle and first position; `second` lacks the last one, `first` lacks two.
struct DepthwiseLine {
    ThreeLines codes;  ///< of the next position
    int8_t* to;
    int32_t step, outStep;
    ThreeCodes last, middle, begin;  ///< weights
    uint32_t start;                  ///< bias, and the input's zero point times all weights
    uint32_t second, first;
    RiscvScale scale;
    int32_t lowest, highest;
    bool isWhole = false;  ///< no weight was replaced by zero

    void take(const ThreeCodes& x) {
        second = plus(first, x, middle);
        first = plus(start, x, begin);
    }
    void finish(const ThreeCodes& x) {
        const int32_t code = scale(static_cast<int32_t>(plus(second, x, last)));
        *to = static_cast<int8_t>(clamp(code, lowest, highest));
        to += outStep;
    }
};

/// `count` outputs whose positions are inside the image. A function of its own: it needs every
/// register.
template <int kStride>
[[gnu::noinline]] void runInside(DepthwiseLine& state, int32_t count) {
    ThreeLines codes = state.codes;
    int8_t* to = state.to;
    const int32_t step = state.step, outStep = state.outStep;
    const ThreeCodes last = state.last, middle = state.middle, begin = state.begin;
    const uint32_t start = state.start;
    uint32_t second = state.second, first = state.first;
    const RiscvScale scale = state.scale;
    const int32_t lowest = state.lowest, highest = state.highest;
    for (; count > 0; --count) {
        if constexpr (kStride == 2) {
            addCode(*codes.a, middle.a, first);
            addCode(*codes.b, middle.b, first);
            addCode(*codes.c, middle.c, first);
            codes.advance(step);
            second = first;
        }
        uint32_t sum = second;
        second = first, first = start;
        // One code after the other, because three would not stay in registers.
        const auto take = [&](int32_t code, int32_t end, int32_t mid, int32_t front)
            __attribute__((always_inline)) {
            addCode(code, end, sum);
            if constexpr (kStride == 1) addCode(code, mid, second);
            addCode(code, front, first);
        };
        take(*codes.a, last.a, middle.a, begin.a);
        take(*codes.b, last.b, middle.b, begin.b);
        take(*codes.c, last.c, middle.c, begin.c);
        codes.advance(step);
        *to = static_cast<int8_t>(clamp(scale(static_cast<int32_t>(sum)), lowest, highest));
        to += outStep;
    }
    state.codes = codes, state.to = to, state.first = first, state.second = second;
}

class DepthwiseLines {
public:
    explicit DepthwiseLines(const ConvParams& params) : m_params(params) {
        const Window& w = params.window;
        const LineAxis height{w.inHeight,
                              w.outHeight,
                              w.strideHeight,
                              w.padTop,
                              w.inWidth * w.inChannels,
                              w.outWidth * w.outChannels,
                              3 * w.outChannels};
        const LineAxis width{w.inWidth,    w.outWidth,    w.strideWidth, w.padLeft,
                             w.inChannels, w.outChannels, w.outChannels};
        const bool goesDown = isAlong(height) && (!isAlong(width) || height.out > width.out);
        m_along = goesDown ? height : width;
        m_across = goesDown ? width : height;
    }

    /// True for the layers that lines can compute.
    bool apply() const {
        const Window& w = m_params.window;
        return w.filterHeight == 3 && w.filterWidth == 3 && w.dilationHeight == 1 &&
               w.dilationWidth == 1 && m_params.depthMultiplier == 1 && isAlong(m_along);
    }

    /// One channel, to whose first element input, weights and output point. Its block must be
    /// common.
    void run(const RiscvChannels<1>& block, const int8_t* image, const int8_t* weights,
             int8_t* output) const {
        const Window& w = m_params.window;
        DepthwiseLine line;
        line.step = m_along.inStep, line.outStep = m_along.outStep;
        line.scale = block.scale(0);
        line.lowest = m_params.lowest, line.highest = m_params.highest;
        for (int32_t batch = 0; batch < w.batches; ++batch) {
            for (int32_t at = 0; at < m_across.out; ++at) {
                line.to = output + at * m_across.outStep;
                beginLine(weights, at, block.starts[0], image, line);
                runLine(line);
            }
            image += w.inHeight * w.inWidth * w.inChannels;
            output += w.outHeight * w.outWidth * w.outChannels;
        }
    }

private:
    static bool isAlong(const LineAxis& axis) { return axis.stride <= 2 && axis.padding <= 1; }

    /// Sets what depends on the line. Parallel lines outside the image have weights of zero, and
    /// the codes of one inside.
    void beginLine(const int8_t* weights, int32_t at, uint32_t bias, const int8_t* image,
                   DepthwiseLine& line) const {
        const Taps taps = tapsInside(at, m_across.stride, m_across.padding, 1, 3, m_across.in);
        const bool isWhole = taps.begin == 0 && taps.end == 3;
        if (!isWhole || !line.isWhole) setWeights(weights, taps, bias, line);
        line.isWhole = isWhole;
        const auto codesAt = [&](int32_t tap) {
            return image + clamp(taps.origin + tap, 0, m_across.in - 1) * m_across.inStep;
        };
        line.codes = {codesAt(0), codesAt(1), codesAt(2)};
    }

    void setWeights(const int8_t* weights, const Taps& taps, uint32_t bias,
                    DepthwiseLine& line) const {
        const auto weightsAt = [&](int32_t position) {
            const auto weight = [&](int32_t tap) -> int32_t {
                return tap < taps.begin || tap >= taps.end
                           ? 0
                           : weights[tap * m_across.weightStep + position * m_along.weightStep];
            };
            return ThreeCodes{weight(0), weight(1), weight(2)};
        };
        line.begin = weightsAt(0), line.middle = weightsAt(1), line.last = weightsAt(2);
        const uint32_t sum = line.begin.sum() + line.middle.sum() + line.last.sum();
        line.start = bias + static_cast<uint32_t>(m_params.inputOffset) * sum;
    }

    void runLine(DepthwiseLine& line) const {
        const int32_t zero = -m_params.inputOffset;
        const ThreeCodes padding{zero, zero, zero};
        int32_t left = m_along.in;  // positions of the image that are not taken
        const auto next = [&] { return left-- > 0 ? line.codes.next(line.step) : padding; };
        line.first = line.start;
        for (int32_t i = 0; i < (m_along.stride == 1 ? 2 : 1); ++i)
            line.take(i < m_along.padding ? padding : next());
        const int32_t room = left > 0 ? left / m_along.stride : 0;
        const int32_t inside = room < m_along.out ? room : m_along.out;
        if (m_along.stride == 1)
            runInside<1>(line, inside);
        else
            runInside<2>(line, inside);
        left -= inside * m_along.stride;
        for (int32_t outputs = m_along.out - inside; outputs > 0; --outputs) {
            if (m_along.stride == 2) line.second = plus(line.first, next(), line.middle);
            const ThreeCodes x = next();
            line.finish(x);
            line.take(x);
        }
    }

    const ConvParams& m_params;
    LineAxis m_along, m_across;  ///< of lines, and of what is parallel to them
};

}  // namespace runtime

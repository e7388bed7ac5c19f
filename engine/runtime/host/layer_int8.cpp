// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/layer_int8.h"

#include "runtime/host/padded_image.h"
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {
namespace {

constexpr int64_t kMostSum = int64_t{1} << 30;

bool isCode(int32_t value) {
    return value >= INT8_MIN && value <= INT8_MAX;
}

template <typename Params>
bool describeCommon(const Call& call, const Params& p, bool fourBits, LayerInt8& layer) {
    layer.inputOffset = p.inputOffset;
    layer.range = {p.outputOffset, p.lowest, p.highest};
    layer.weights = call.input<int8_t>(1 - layer.inputOperand());
    layer.fourBits = fourBits;
    layer.bias = call.input<int32_t>(2);
    layer.factors = call.array<Factor>(p.factors);
    layer.factorCount = static_cast<int32_t>(p.factors.count);
    return isCode(p.lowest) && isCode(p.highest) && p.lowest <= p.highest &&
           isCode(p.outputOffset) && isCode(-p.inputOffset);
}

}  // namespace

int8_t LayerInt8::weight(int32_t channel, int32_t tap, int32_t input) const {
    if (stuffing.any()) tap = taps() - 1 - tap;
    const size_t index = depthwise()
                             ? static_cast<size_t>(tap) * static_cast<size_t>(window.outChannels) +
                                   static_cast<size_t>(channel)
                             : (static_cast<size_t>(channel) * static_cast<size_t>(taps()) +
                                static_cast<size_t>(tap)) *
                                       static_cast<size_t>(filterChannels) +
                                   static_cast<size_t>(input);
    if (!fourBits) return weights[index];
    const auto pair = static_cast<uint8_t>(weights[index / 2]);
    const auto high = static_cast<uint8_t>(index % 2 == 0 ? pair << 4 : pair & 0xf0);
    return static_cast<int8_t>(static_cast<int8_t>(high) >> 4);
}

uint32_t LayerInt8::start(int32_t channel, int32_t valueBias) const {
    int32_t sum = 0;
    const int32_t inputs = depthwise() ? 1 : filterChannels;
    for (int32_t tap = 0; tap < taps(); ++tap)
        for (int32_t i = 0; i < inputs; ++i)
            sum = wrapAdd(sum, weight(channel, tap, i));
    const int32_t offset = wrapMul(sum, inputOffset - valueBias);
    return static_cast<uint32_t>(wrapAdd(offset, bias != nullptr ? bias[channel] : 0));
}

Rounding LayerInt8::rounding() const {
    const int32_t inputs = depthwise() ? 1 : filterChannels;
    for (int32_t c = 0; c < window.outChannels; ++c) {
        const Factor f = factor(c);
        if (f.multiplier != 0 && (f.shift >= 0 || f.multiplier < (1 << 30)))
            return Rounding::General;
        int64_t most = bias != nullptr ? int64_t{bias[c]} : 0;
        most = most < 0 ? -most : most;
        for (int32_t tap = 0; tap < taps(); ++tap)
            for (int32_t i = 0; i < inputs; ++i) {
                const int64_t w = weight(c, tap, i);
                most += 255 * (w < 0 ? -w : w);
            }
        if (most >= kMostSum) return Rounding::General;
    }
    return range.lowest >= range.offset ? Rounding::Positive : Rounding::Signed;
}

bool describeConvolution(const Call& call, bool fourBits, LayerInt8& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = p.window;
    layer.filterChannels = p.filterChannels;
    return isServed(p.window) && p.filterChannels > 0 && describeCommon(call, p, fourBits, layer);
}

bool describeTransposed(const Call& call, LayerInt8& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = stuffedWindow(p.window);
    layer.stuffing = Stuffing(p.window);
    layer.filterChannels = p.window.inChannels;
    return isServed(layer.window) && layer.stuffing.isServed() &&
           describeCommon(call, p, false, layer);
}

bool describeDepthwise(const Call& call, bool fourBits, LayerInt8& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = p.window;
    layer.depthMultiplier = p.depthMultiplier;
    return isServed(p.window) && describeCommon(call, p, fourBits, layer);
}

bool describeFullyConnected(const Call& call, bool fourBits, LayerInt8& layer) {
    const auto& p = call.params<FullyConnectedParams>();
    layer.window = denseWindow(p.batches, p.depth, p.outputs);
    layer.filterChannels = p.depth;
    return isServed(layer.window) && describeCommon(call, p, fourBits, layer);
}

}  // namespace runtime

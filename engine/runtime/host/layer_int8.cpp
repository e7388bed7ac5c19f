// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/layer_int8.h"

#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {
namespace {

constexpr int64_t kMaxSum = int64_t{1} << 30;

template <typename Params>
void describeCodes(const Call& call, const Params& p, LayerInt8& layer) {
    layer.inputOffset = p.inputOffset;
    layer.range = {p.outputOffset, p.lowest, p.highest};
    layer.factors = call.array<Factor>(p.factors);
    layer.factorCount = static_cast<int32_t>(p.factors.count);
}

}  // namespace

int8_t LayerInt8::weight(int32_t channel, int32_t tap, int32_t input) const {
    const size_t index = weightIndex(channel, tap, input);
    if (!fourBits) return weights[index];
    const auto pair = static_cast<uint8_t>(weights[index / 2]);
    const auto high = static_cast<uint8_t>(index % 2 == 0 ? pair << 4 : pair & 0xf0);
    return static_cast<int8_t>(static_cast<int8_t>(high) >> 4);
}

uint32_t LayerInt8::start(int32_t channel, int32_t valueBias) const {
    int32_t sum = 0;
    for (int32_t tap = 0; tap < taps(); ++tap)
        for (int32_t i = 0; i < tapWeights(); ++i)
            sum = wrapAdd(sum, weight(channel, tap, i));
    const int32_t offset = wrapMul(sum, inputOffset - valueBias);
    return static_cast<uint32_t>(wrapAdd(offset, bias != nullptr ? bias[channel] : 0));
}

Rounding LayerInt8::rounding() const {
    for (int32_t c = 0; c < window.outChannels; ++c) {
        const Factor f = factor(c);
        if (f.multiplier != 0 && (f.shift >= 0 || f.multiplier < (1 << 30)))
            return Rounding::General;
        int64_t most = bias != nullptr ? int64_t{bias[c]} : 0;
        most = most < 0 ? -most : most;
        for (int32_t tap = 0; tap < taps(); ++tap)
            for (int32_t i = 0; i < tapWeights(); ++i) {
                const int64_t w = weight(c, tap, i);
                most += 255 * (w < 0 ? -w : w);
            }
        if (most >= kMaxSum) return Rounding::General;
    }
    return range.lowest >= range.offset ? Rounding::Positive : Rounding::Signed;
}

bool describe(const Call& call, KernelId id, LayerInt8& layer) {
    if (!describeLayer(call, id, layer)) return false;
    layer.fourBits = id == KernelId::ConvInt4 || id == KernelId::DepthwiseConvInt4 ||
                     id == KernelId::FullyConnectedInt4;
    layer.weights = call.input<int8_t>(layer.weightOperand());
    layer.bias = call.input<int32_t>(2);
    if (layer.kind == LayerKind::Dense)
        describeCodes(call, call.params<FullyConnectedParams>(), layer);
    else
        describeCodes(call, call.params<ConvParams>(), layer);
    const OutputCodes& range = layer.range;
    return isCode(range.lowest) && isCode(range.highest) && range.lowest <= range.highest &&
           isCode(range.offset) && isCode(layer.zeroPoint());
}

}  // namespace runtime

// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/layer_int16.h"

#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {
namespace {

constexpr int64_t kMaxCode = 32768;

bool productsFit(const LayerInt16& layer, int32_t channel) {
    int64_t most = 0;
    for (int32_t tap = 0; tap < layer.taps(); ++tap)
        for (int32_t i = 0; i < layer.tapWeights(); ++i) {
            const int32_t weight = layer.weight(channel, tap, i);
            most += kMaxCode * (weight < 0 ? -weight : weight);
        }
    return most <= kInt32Max;
}

template <typename Params>
void describeCodes(const Call& call, const Params& p, LayerInt16& layer) {
    layer.range = {p.outputOffset, p.lowest, p.highest};
    layer.factors = call.array<Factor>(p.factors);
    layer.factorCount = static_cast<int32_t>(p.factors.count);
}

}  // namespace

bool describe(const Call& call, KernelId id, LayerInt16& layer) {
    if (!describeLayer(call, id, layer)) return false;
    layer.weights = call.input<int8_t>(layer.weightOperand());
    layer.bias = call.input<int64_t>(2);
    if (layer.kind == LayerKind::Dense)
        describeCodes(call, call.params<FullyConnectedParams>(), layer);
    else
        describeCodes(call, call.params<ConvParams>(), layer);
    for (int32_t channel = 0; channel < layer.window.outChannels; ++channel)
        if (!productsFit(layer, channel)) return false;
    return true;
}

}  // namespace runtime

// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/layer_float32.h"

#include "runtime/host/padded_image.h"
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {
namespace {

template <typename Params>
bool describeCommon(const Call& call, const Params& p, LayerFloat32& layer) {
    layer.lowest = p.lowestFloat;
    layer.highest = p.highestFloat;
    layer.weights = call.input<float>(1 - layer.inputOperand());
    layer.bias = call.input<float>(2);
    return isServed(layer.window);
}

}  // namespace

bool describeConvolution(const Call& call, LayerFloat32& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = p.window;
    layer.filterChannels = p.filterChannels;
    return p.filterChannels > 0 && describeCommon(call, p, layer);
}

bool describeTransposed(const Call& call, LayerFloat32& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = stuffedWindow(p.window);
    layer.stuffing = Stuffing(p.window);
    layer.filterChannels = p.window.inChannels;
    return layer.stuffing.isServed() && describeCommon(call, p, layer);
}

bool describeDepthwise(const Call& call, LayerFloat32& layer) {
    const auto& p = call.params<ConvParams>();
    layer.window = p.window;
    layer.depthMultiplier = p.depthMultiplier;
    return describeCommon(call, p, layer);
}

bool describeFullyConnected(const Call& call, LayerFloat32& layer) {
    const auto& p = call.params<FullyConnectedParams>();
    layer.window = denseWindow(p.batches, p.depth, p.outputs);
    layer.filterChannels = p.depth;
    return describeCommon(call, p, layer);
}

}  // namespace runtime

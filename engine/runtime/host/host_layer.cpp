// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/host_layer.h"

#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {

LayerKind layerKindOf(KernelId id) {
    switch (id) {
        case KernelId::TransposeConvInt8:
        case KernelId::TransposeConvInt16:
        case KernelId::TransposeConvFloat32:
            return LayerKind::Transposed;
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4:
        case KernelId::DepthwiseConvInt16:
        case KernelId::DepthwiseConvFloat32:
            return LayerKind::Depthwise;
        case KernelId::FullyConnectedInt8:
        case KernelId::FullyConnectedInt4:
        case KernelId::FullyConnectedInt16Wide:
        case KernelId::FullyConnectedFloat32:
            return LayerKind::Dense;
        default:
            return LayerKind::Convolution;
    }
}

bool describeLayer(const Call& call, KernelId id, HostLayer& layer) {
    layer.kind = layerKindOf(id);
    if (layer.kind == LayerKind::Dense) {
        const auto& p = call.params<FullyConnectedParams>();
        layer.window = denseWindow(p.batches, p.depth, p.outputs);
        layer.filterChannels = p.depth;
        return isServed(layer.window);
    }
    const auto& p = call.params<ConvParams>();
    layer.window = alongRow(p.window);
    if (layer.kind == LayerKind::Depthwise) {
        layer.depthMultiplier = p.depthMultiplier;
        layer.filterChannels = 1;
        return isServed(layer.window);
    }
    layer.filterChannels = p.filterChannels;
    if (layer.kind == LayerKind::Transposed) {
        layer.filterChannels = layer.window.inChannels;
        layer.stuffing = Stuffing(layer.window);
        layer.window = stuffedWindow(layer.window);
        if (!layer.stuffing.isServed()) return false;
    }
    return layer.filterChannels > 0 && isServed(layer.window);
}

}  // namespace runtime

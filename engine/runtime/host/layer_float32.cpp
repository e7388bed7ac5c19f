// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/layer_float32.h"

#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace runtime {
namespace {

template <typename Params>
ActivationBounds rangeOf(const Params& p) {
    return {p.lowestFloat, p.highestFloat};
}

}  // namespace

bool describe(const Call& call, KernelId id, LayerFloat32& layer) {
    if (!describeLayer(call, id, layer)) return false;
    layer.range = layer.kind == LayerKind::Dense ? rangeOf(call.params<FullyConnectedParams>())
                                                 : rangeOf(call.params<ConvParams>());
    layer.weights = call.input<float>(layer.weightOperand());
    layer.bias = call.input<float>(2);
    return true;
}

}  // namespace runtime

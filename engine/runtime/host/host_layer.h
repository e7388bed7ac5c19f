// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HostLayer: the common description of CONV_2D, TRANSPOSE_CONV, DEPTHWISE_CONV_2D and
// FULLY_CONNECTED for any element type, as packing reads it from a Program. A dense layer becomes a
// 1x1 convolution with one position per row; an image of one column becomes a row.

#include "runtime/host/padded_image.h"
#include "runtime/kernel.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

enum class LayerKind { Convolution, Transposed, Depthwise, Dense };

struct HostLayer {
    LayerKind kind = LayerKind::Convolution;
    Window window;
    int32_t filterChannels = 0;  ///< input channels per output; depthwise: 1
    int32_t depthMultiplier = 1;
    Stuffing stuffing;  ///< TRANSPOSE_CONV: taps count from the filter's end

    /// Depthwise with one input channel and several outputs: an ordinary convolution, except for
    /// the order of its weights.
    bool fansOut() const {
        return kind == LayerKind::Depthwise && window.inChannels == 1 && depthMultiplier > 1;
    }
    /// Index of the operand with the layer's values; the others are weights and bias.
    uint32_t inputOperand() const { return kind == LayerKind::Transposed ? 1 : 0; }
    uint32_t weightOperand() const { return 1 - inputOperand(); }
    int32_t taps() const { return window.filterHeight * window.filterWidth; }
    /// Number of weights of one output channel at one tap.
    int32_t tapWeights() const { return filterChannels; }
    /// True where the padded image is the input itself.
    bool readsImage() const { return !stuffing.any() && PaddedImage(window).isInput(window); }
    size_t weightIndex(int32_t channel, int32_t tap, int32_t input) const {
        if (stuffing.any()) tap = taps() - 1 - tap;
        const auto at = [](int32_t i) { return static_cast<size_t>(i); };
        if (kind == LayerKind::Depthwise) return at(tap) * at(window.outChannels) + at(channel);
        return (at(channel) * at(taps()) + at(tap)) * at(filterChannels) + at(input);
    }
};

LayerKind layerKindOf(KernelId id);

/// Returns false where the fast kernels do not serve the operator, for example with an empty
/// output.
bool describeLayer(const Call& call, KernelId id, HostLayer& layer);

}  // namespace runtime

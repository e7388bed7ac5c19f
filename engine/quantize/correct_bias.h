// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Bias correction: rounding shifts the mean of a layer's outputs, and the shift adds up from layer
// to layer. As a layer is linear in front of its activation, the shift is known exactly: E[y] of
// the float layer is b + W E[x], that of the quantized one b' + W' E[x'], with the mean inputs of
// either model over the samples. The bias is set so that both are equal. Later layers see other
// inputs then, so layers are corrected in order, each on what the ones before now give. Source:
// Nagel et al. 2019, "Data-free quantization through weight equalization and bias correction",
// section 4.2; here with measured instead of modelled inputs of both models, so that the shifts of
// earlier layers are made up for, too.

#include <functional>

#include "quantize/emit.h"
#include "quantize/known_ranges.h"

namespace quantize {

/// Changes the biases in `layers`; `emit` builds the quantized graph with them. Layers without a
/// bias, and transposed convolutions, are left alone.
types::Result<void> correctBias(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const Teacher& teacher, const types::Work& work,
                                const std::function<const Emitted&()>& emit,
                                std::vector<std::string>& changes);

}  // namespace quantize

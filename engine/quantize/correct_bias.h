// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Bias correction: rounding shifts the mean of a layer's outputs, and the shifts accumulate over
// layers. A layer is linear before its activation, so the shift is known exactly: E[y] of the float
// layer is b + W E[x], that of the quantized one b' + W' E[x'], with the mean inputs of both models
// over the samples. The bias is set so that both are equal. This changes the inputs of later
// layers, so layers are corrected in order, each on the present outputs of the layers before it.
// Source: Nagel et al. 2019, "Data-free quantization through weight equalization and bias
// correction", section 4.2; here with measured instead of modelled inputs of both models, which
// also compensates the shifts of earlier layers.

#include <functional>

#include "quantize/emit.h"
#include "quantize/known_ranges.h"

namespace quantize {

/// Changes the biases in `layers`; `emit` builds the quantized graph with them. Skips layers
/// without a bias and transposed convolutions.
types::Result<void> correctBias(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const CalibrationSet& calibrationSet, const types::Work& work,
                                const std::function<const Emitted&()>& emit,
                                std::vector<std::string>& changes);

}  // namespace quantize

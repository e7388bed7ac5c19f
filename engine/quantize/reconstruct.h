// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rounding by reconstruction: the error of the layer's output decides whether a weight is rounded
// up or down, not the distance to the nearest code. With the Gram matrix H of the layer's input
// rows, a change d of a channel's weights changes its output by d H d' on average. Weights are
// rounded one after the other, and the error of each is compensated at once by those still to be
// rounded, so that d H d' is least (the optimal update, from the Cholesky factor of the inverse of
// H). Then single codes move up or down while that lowers d H d' (coordinate descent), and 4-bit
// scales of channels are tried at several widths.
//
// Layers are rounded in order of execution, each on the inputs X that the layers before it give by
// now, not on those Y of the float model: before rounding, its weights w become w + (X'X + r)^-1
// X'(Y - X) w (ridge regression), and its bias takes the means, so that a layer also makes up for
// what rounding changed in earlier ones. Deterministic; costs columns^3 once per layer, and a run
// of the model per layer.
// Sources: Hassibi and Stork 1993, "Optimal brain surgeon"; Frantar et al. 2023, "GPTQ", for the
// order by H's diagonal and the Cholesky variant; Nagel et al. 2020, "Up or down? Adaptive
// rounding", for the objective.

#include <functional>

#include "quantize/emit.h"
#include "quantize/known_ranges.h"
#include "quantize/weight_codes.h"

namespace quantize {

/// Replaces the weights in `layers` by real values of codes, and changes their biases; `emit`
/// builds the quantized graph with them. A channel keeps plain rounding where that gives a smaller
/// error. Transposed and grouped convolutions and layers with more than 2048 columns keep plain
/// rounding.
types::Result<void> reconstruct(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const CalibrationSet& calibrationSet, const types::Work& work,
                                const std::function<const Emitted&()>& emit,
                                std::vector<std::string>& changes);

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cross-layer equalization: between two layers that are joined by an activation which commutes with
// positive factors, channel i of the first may be divided by any s_i and the weights of the second
// that read it multiplied by it. With s_i = sqrt(r1_i / r2_i), r the largest magnitudes of the
// channel's weights in either layer, both get the same range, and one scale serves all channels
// better. Pairs are gone through until nothing moves.
// Source: Nagel et al. 2019, "Data-free quantization through weight equalization and bias
// correction", section 4.1.
//
// A channel with small weights and a large bias would be scaled up until its values alone set the
// range of the activation between the layers (the publication moves such biases on). Here no
// channel is scaled beyond what the widest one reaches on the samples. RELU6 does not commute; by
// the same rule, with its bound a bit below 6, it clips nothing else than before, and channels that
// it does clip keep their scale.

#include "quantize/known_ranges.h"

namespace quantize {

/// Changes weights and biases of the model; what it computes stays but for rounding. Where ranges
/// come from the model's own scales there is no telling how they change: then nothing is done, and
/// that is said.
types::Result<void> equalize(FloatModel& model, const Teacher& teacher, const types::Work& work,
                             std::vector<std::string>& changes);

}  // namespace quantize

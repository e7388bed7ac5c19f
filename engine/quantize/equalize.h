// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cross-layer equalization: if the activation between two layers commutes with positive factors,
// channel i of the first layer may be divided by any s_i > 0 and the weights of the second that
// read it multiplied by it. s_i = sqrt(r1_i / r2_i), with r the largest magnitudes of the channel's
// weights in either layer, gives both the same range, so one scale suits all channels better. Pairs
// are processed repeatedly until the factors converge to 1. Source: Nagel et al. 2019, "Data-free
// quantization through weight equalization and bias correction", section 4.1.
//
// A channel with small weights and a large bias would be scaled up until its values alone set the
// range of the activation between the layers (the publication moves such biases to the next layer).
// Here no channel is scaled beyond the largest magnitude of any channel on the samples. RELU6 does
// not commute; the same limit, set a bit below 6, keeps it from clipping additional values, and
// channels that it already clips keep their scale.

#include "quantize/known_ranges.h"

namespace quantize {

/// Changes weights and biases of the model; its function stays equal up to rounding. Where ranges
/// come from the model's own scales, their new values are unknown: the model then stays unchanged,
/// and `changes` reports it.
types::Result<void> equalize(FloatModel& model, const CalibrationSet& calibrationSet,
                             const types::Work& work, std::vector<std::string>& changes);

}  // namespace quantize

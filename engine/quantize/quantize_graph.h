// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// quantize(): the last step of a variation. Every layer computes in the precision that its knob or
// the model's asks for: float32, int8, int16 activations with 8-bit weights, or int8 with 4-bit
// weights; QUANTIZE and DEQUANTIZE stand where precisions meet. Any model can be the start, also
// one that is quantized already: it is first taken to float32 (float_model.h).
//
// The steps, a file each: to_float -> equalize -> known_ranges -> precision_plan -> variants ->
// activation_scales, weight_codes -> reconstruct -> emit -> correct_bias.

#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace quantize {

/// Returns the same graph where no knob requests a change. Calibrates on `inputs`, which fit the
/// model; null or empty: none given. Adds display sentences to `changes`: what was quantized, the
/// origin of ranges, which layers kept another precision and why. The result has passed validate(),
/// and operators that ran before still run. Returns an Error for a model that must be run to learn
/// its ranges and cannot be run.
types::Result<types::GraphPtr> quantize(const types::GraphPtr& graph,
                                        const types::Variation& variation,
                                        const calibration::RealInputsPtr& inputs,
                                        const types::Work& work, std::vector<std::string>& changes);

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// mixPrecisions(): chooses what Precision::Auto leaves open: which layers compute in int8, which
// get 4-bit weights and which 16-bit activations.
//
// Every layer is tried alone: the model in int8 with this layer in another precision, compared with
// the model before quantization on samples held back from calibration (calibration/
// output_distance.h). Where int8 does not keep within a budget, the layers that lose least per byte
// (or microsecond) saved get 4-bit weights, no more than it takes. Where a budget of latency leaves
// room, the layers that gain most per microsecond get 16-bit activations, if the model as a whole
// is then nearer. Without a budget or a board, 4-bit weights go where the outputs of the whole
// model stay as near as in int8, but for half a point.

#include "calibration/real_inputs.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/mixed_precision.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

/// `graph`: the model as opened. `calibration`: null or few: random inputs, as the budget's text
/// says. `device` may be null. Errors: a budget of latency without a board that predicts it, those
/// of transform::apply().
types::Result<types::MixedPrecision> mixPrecisions(const types::GraphPtr& graph,
                                                   const types::Variation& variation,
                                                   const calibration::RealInputsPtr& calibration,
                                                   const types::DevicePtr& device,
                                                   const types::Work& work);

/// What was chosen, what it wins and what it loses: for Evaluation::changes.
std::vector<std::string> sentencesOf(const types::MixedPrecision& mix);

}  // namespace engine

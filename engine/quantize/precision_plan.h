// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plans the precision of each operator: what the knobs request, as far as kernels exist.

#include <string>
#include <vector>

#include "quantize/tensor_variants.h"
#include "types/variation.h"

namespace quantize {

struct OpPrecision {
    types::Precision precision = types::Precision::Float32;  ///< never AsStored
    bool asStored = false;  ///< no knob applies: it keeps its scales where it can
    std::string lowered;    ///< why its precision differs from the requested one
};

using PrecisionPlan = std::vector<OpPrecision>;

/// Returns one entry per operator. A layer's knob overrides the model's. Operators that only move
/// codes and have no knob of their own take the precision of their first operand, so that moving
/// loses none.
PrecisionPlan planPrecisions(const FloatModel& model, const types::Variation& variation);

/// Lowers an operator without a kernel to the next possible precision: 4-bit weights to 8 bits,
/// then to float32. Returns false where there is none.
bool lower(OpPrecision& op, const std::string& why);

/// Types of the model's inputs and outputs: the knobs' types, else the stored types where the model
/// stays as stored, else those of the neighbouring layers.
types::Result<InterfaceTypes> interfaceTypes(const FloatModel& model,
                                             const types::QuantizeKnobs& knobs);

}  // namespace quantize

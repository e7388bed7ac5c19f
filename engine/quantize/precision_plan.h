// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What each operator computes in: what the knobs ask for, as far as there are kernels for it.

#include <string>
#include <vector>

#include "quantize/tensor_variants.h"
#include "types/variation.h"

namespace quantize {

struct OpPrecision {
    types::Precision precision = types::Precision::Float32;  ///< never AsStored
    bool asStored = false;  ///< no knob speaks of it: it keeps its scales where it can
    std::string lowered;    ///< why it computes in another precision than was asked for
};

using PrecisionPlan = std::vector<OpPrecision>;

/// One entry per operator. A layer's knob goes before the model's. Operators that only move codes
/// and have no knob of their own compute in what their first operand is in, so that none of its
/// precision is lost on the way.
PrecisionPlan planPrecisions(const FloatModel& model, const types::Variation& variation);

/// Takes an operator that cannot run to the next precision that may: 4-bit weights to 8 bits, then
/// to float32. False where there is none.
bool lower(OpPrecision& op, const std::string& why);

/// What goes in and out: the knobs' types, else those of the model as it came where it stays as
/// stored, else what the neighbouring layers compute in.
types::Result<InterfaceTypes> interfaceTypes(const FloatModel& model,
                                             const types::QuantizeKnobs& knobs);

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: layers of int16 activations, int8 weights and 64-bit sums packed for a
// Cortex-M. What cannot be packed is left as it is: factors of 1/2 and more, sums of products that
// could pass 32 bits.

#include "lowering/pack/packed_layers.h"

namespace lowering {

void packHalfwords(std::optional<SourceLayer> layer, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: packs layers of int16 activations, int8 weights and 64-bit sums for a
// Cortex-M. Layers that cannot be packed stay unchanged: factors of 1/2 and more, sums of products
// that could exceed 32 bits.

#include "lowering/pack/packed_layers.h"

namespace lowering {

void packHalfwords(std::optional<SourceLayer> layer, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering

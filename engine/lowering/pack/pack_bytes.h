// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: packs layers of int8 for a Cortex-M. Layers that cannot be packed stay
// unchanged: factors of 1/2 and more, sums that could exceed 2^30.

#include "lowering/pack/packed_layers.h"

namespace lowering {

void packBytes(std::optional<SourceLayer> layer, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering

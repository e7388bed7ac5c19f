// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: layers of int8 packed for a Cortex-M. What cannot be packed is left as it is:
// factors of 1/2 and more, sums that could pass 2^30.

#include "lowering/pack/packed_layers.h"

namespace lowering {

void packBytes(std::optional<SourceLayer> layer, runtime::PackedIsa isa, OpPlan& plan);

}  // namespace lowering

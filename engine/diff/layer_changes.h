// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What differs between matched layers.

#include "diff/align_layers.h"
#include "types/model_diff.h"

namespace diff {

/// Sets `changes`, and `kind` where the match is neither fused nor split. The first layer of each
/// side is the one that is compared.
void describeChanges(const Side& baseline, const Side& candidate, types::LayerMatch& match);

}  // namespace diff

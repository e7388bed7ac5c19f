// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many layers are many questions: at 5 % each, one of twenty layers would look different by chance
// alone. Holm's correction keeps the chance of even one such mistake at 5 %. It is chosen over
// Benjamini-Hochberg, which bounds the share of mistakes only: two sessions of the same thing
// shall be called different in no layer. Source: S. Holm, "A simple sequentially rejective
// multiple test procedure", Scandinavian Journal of Statistics 6, 1979.

#include <vector>

namespace statistics {

/// p-values adjusted for their number, in the order given: at most 1, never below the given.
std::vector<double> holmAdjusted(const std::vector<double>& pValues);

}  // namespace statistics

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Holm's correction for many tests: at 5 % each, one of twenty equal layers would appear different
// by chance. The correction keeps the probability of even one such error at 5 %. Benjamini-Hochberg
// would only bound the share of errors, but two equal sessions must not differ in any layer.
// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
// of Statistics 6, 1979.

#include <vector>

namespace statistics {

/// Returns adjusted p-values in the given order: at most 1, never below the given ones.
std::vector<double> holmAdjusted(const std::vector<double>& pValues);

}  // namespace statistics

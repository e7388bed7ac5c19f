// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Median of a set of samples.

#include <vector>

namespace statistics {

/// Returns the middle value, for an even number the mean of the two middle ones; 0 for none.
double median(std::vector<double> samples);

}  // namespace statistics

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The middle of a set of samples.

#include <vector>

namespace statistics {

/// Middle value; of an even number the mean of the two middle ones. 0 of none.
double median(std::vector<double> samples);

}  // namespace statistics

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ValueHistogram: how the real values of a tensor are distributed, for display: some dozens of bins
// of equal width. Where the tensor has one scale, a bin holds the same number of codes as the next,
// so that its height follows the values, not their rounding.

#include <cstdint>
#include <string>
#include <vector>

namespace types {

struct ValueHistogram {
    int32_t tensor = -1;
    double low = 0, high = 0;  ///< least and greatest value
    double binsFrom = 0, binWidth = 0;
    std::vector<int64_t> counts;  ///< empty where all values are equal or there are none
    int64_t values = 0, zeros = 0;
    double mean = 0, deviation = 0;  ///< within the precision of the bins for activations
    std::string source;              ///< "32 samples of kws01"; empty for constants
};

}  // namespace types

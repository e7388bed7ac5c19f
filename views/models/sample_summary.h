// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SampleSummary: five-number summary of samples for a box plot. Quartiles are linear interpolations
// between order statistics (Hyndman and Fan 1996, type 7).

#include <cstddef>
#include <optional>
#include <vector>

namespace views {

struct SampleSummary {
    size_t count = 0;
    double lowest = 0, lowerQuartile = 0, median = 0, upperQuartile = 0, highest = 0;
};

/// Returns nothing for no samples.
std::optional<SampleSummary> summarize(std::vector<double> samples);

}  // namespace views

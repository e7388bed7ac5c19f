// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Area under the ROC curve: the probability that a positive sample scores above a negative one,
// ties counted half (Mann and Whitney 1947). 0.5 is guessing, 1 perfect.

#include <optional>
#include <vector>

#include "types/estimate.h"

namespace metrics {

/// Area with its 95 % bootstrap interval, resampled within each class; empty where a class is
/// missing.
std::optional<types::Estimate> areaUnderRoc(const std::vector<double>& negativeScores,
                                            const std::vector<double>& positiveScores);

}  // namespace metrics

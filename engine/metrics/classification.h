// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Metrics of a classifier's outputs against labels: top-1, top-k, recall and precision per class,
// confusion matrix, and for two classes the area under the ROC curve.

#include <string>
#include <vector>

#include "types/quality.h"

namespace metrics {

/// One output value per class and sample; a single value is the probability of class 1 of two.
/// Labels lie in [0, classes). Names may be empty. Sets all of Quality except its source.
types::Quality classify(const std::vector<std::vector<float>>& outputs,
                        const std::vector<int32_t>& labels, int32_t classes,
                        const std::vector<std::string>& names);

}  // namespace metrics

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Quality: how well a model performs on a dataset. The task of model and data determines which
// figures are set: classification sets top1, topK, classes and confusion (and auc for two classes),
// anomaly detection sets auc, regression and reconstruction set meanSquaredError. All intervals are
// 95 %: Wilson for shares, bootstrap for the others.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/estimate.h"

namespace types {

struct ClassQuality {
    std::string name;  ///< of the class, or its number
    int32_t samples = 0;
    std::optional<Estimate> recall;     ///< share of its samples that were found; empty: no samples
    std::optional<Estimate> precision;  ///< share of its choices that were right; empty: none
};

struct Quality {
    int32_t samples = 0;  ///< number scored; for anomaly detection: files, not windows
    std::string source;   ///< "250 samples of kws01 (test part)"
    std::optional<Estimate> top1;
    std::optional<Estimate> topK;  ///< the label is among the `k` greatest outputs
    int32_t k = 0;                 ///< 0: no topK, which is meaningless for few classes
    std::vector<ClassQuality> classes;
    std::vector<std::vector<int32_t>> confusion;  ///< [label][choice]: samples
    std::optional<Estimate> auc;                  ///< area under the ROC curve
    std::optional<Estimate> meanSquaredError;     ///< per output value
};

}  // namespace types

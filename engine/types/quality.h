// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Quality: how well a model does on a dataset. Which figures stand depends on the task that model
// and data have together: classification fills top1, topK, classes and confusion (and auc where
// there are two classes), anomaly detection fills auc, regression and reconstruction fill
// meanSquaredError. All intervals are 95 %: Wilson for shares, bootstrap for the others.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/estimate.h"

namespace types {

struct ClassQuality {
    std::string name;  ///< of the class, or its number
    int32_t samples = 0;
    std::optional<Estimate> recall;     ///< share of its samples that were found; none: no samples
    std::optional<Estimate> precision;  ///< share of its choices that were right; none: not chosen
};

struct Quality {
    int32_t samples = 0;  ///< that were judged; of anomaly detection: files, not windows
    std::string source;   ///< "250 samples of kws01 (test part)"
    std::optional<Estimate> top1;
    std::optional<Estimate> topK;  ///< the label is among the `k` greatest outputs
    int32_t k = 0;                 ///< 0: no topK, for it would say nothing (few classes)
    std::vector<ClassQuality> classes;
    std::vector<std::vector<int32_t>> confusion;  ///< [label][choice]: samples
    std::optional<Estimate> auc;                  ///< area under the ROC curve
    std::optional<Estimate> meanSquaredError;     ///< per output value
};

}  // namespace types

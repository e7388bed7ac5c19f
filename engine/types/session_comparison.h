// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionComparison: two sessions side by side, one row per common layer. A plain value, so that
// window, command line and tests show the same rows; statistics/ makes it.
//
// `significant` means: the difference reaches the minimum effect and is statistically significant
// after the correction for the number of rows; nothing else may be called a difference. The
// interval is that of each row alone.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/session.h"

namespace types {

struct ComparedRow {
    std::string key;               ///< "#12 CONV_2D", "sum of layers", "whole", "whole - sum"
    std::optional<int32_t> layer;  ///< in the baseline
    Quantity quantity = Quantity::LatencyUs;
    double baseline = 0, candidate = 0;      ///< medians, in the quantity's unit
    double difference = 0;                   ///< candidate - baseline
    double percent = 0;                      ///< of the baseline
    double lowPercent = 0, highPercent = 0;  ///< interval of `percent`; infinite: unknown
    bool significant = false;
    int64_t baselineSamples = 0, candidateSamples = 0;
    std::string note;  ///< why there is no verdict, or doubts; may be empty
};

struct SessionComparison {
    std::string baseline, candidate;  ///< names of the sessions
    std::vector<ComparedRow> layers;
    std::vector<ComparedRow> totals;      ///< "sum of layers", "whole" and their difference
    std::vector<ComparedRow> others;      ///< memory, accuracy, ...: all other rows
    std::vector<std::string> unmatched;   ///< layers of only one of them
    std::vector<std::string> conditions;  ///< conditions that differ: "clock: 80 MHz, 120 MHz"
    std::vector<std::string> warnings;    ///< drift, few samples, noise floor; sentences
    double minimumEffectPercent = 0;      ///< smaller differences are never significant
    double confidence = 0.95;
};

}  // namespace types

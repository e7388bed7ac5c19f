// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionComparison: two sessions side by side, a row per layer that both have. A value without
// logic, so that window, command line and tests show the same rows; statistics/ makes it.
//
// `significant` means: the difference reaches the minimum effect, and it is no accident after the
// correction for the number of rows; nothing else may be called a difference. The interval is that
// of each row alone.

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
    std::string note;  ///< why there is no verdict, or what is doubtful; may be empty
};

struct SessionComparison {
    std::string baseline, candidate;  ///< names of the sessions
    std::vector<ComparedRow> layers;
    std::vector<ComparedRow> totals;      ///< "sum of layers", "whole" and what lies between
    std::vector<ComparedRow> others;      ///< memory, accuracy, ...: what is neither
    std::vector<std::string> unmatched;   ///< layers that only one of them has
    std::vector<std::string> conditions;  ///< that differ: "clock: 80 MHz, 120 MHz"
    std::vector<std::string> warnings;    ///< drift, few samples, noise floor; sentences
    double minimumEffectPercent = 0;      ///< smaller differences are never significant
    double confidence = 0.95;
};

}  // namespace types

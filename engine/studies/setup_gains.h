// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the study of kernels: the gain from one change of the setup. A case is one model (or
// operator) on one board with the rest of the setup equal. A gain compares one value of a dimension
// ("kernels": "reference") with a baseline value, over all cases that have both.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "studies/record.h"

namespace studies {

/// Smallest ratio that is reported as a gain.
inline constexpr double kClearGain = 1.2;

/// A record's board, model and setup without one dimension.
struct SetupCase {
    std::string board, model, op;
    bool measured = true;
    std::map<std::string, std::string> rest;
    std::map<std::string, std::vector<double>> times;  ///< by the value of that dimension

    double timeOf(const std::string& value) const;
    std::string label() const;  ///< "LeNet, int8, -Os"
};

/// One value of a dimension compared with the baseline of its board.
struct SetupGain {
    std::string board, value, baseline;
    bool measured = true;
    std::vector<std::shared_ptr<const SetupCase>> cases;
    std::vector<double> ratios;  ///< per case: time with the value / time with the baseline

    double median() const;
};

/// Sums the layers of one kind in one model.
Records summedByKind(const Records& records);

/// Removes operators below a hundredth of their model's time.
void leaveOutTrifles(Records& operators);

/// The baseline of a board is the value with most cases; of equals, the fastest.
std::vector<SetupGain> setupGains(const Records& records, const std::string& dimension);

/// Interaction: the other dimension whose values separate the ratios most, with the ratios under
/// each value; empty where none separates them clearly.
using Parting = std::map<std::string, std::vector<double>>;
Parting partingOf(const SetupGain& gain);

/// Cases that show a rule: all, or those under the value where the gain is greatest.
SetupGain ruledPart(const SetupGain& gain);

}  // namespace studies

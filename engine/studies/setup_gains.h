// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of the study of kernels: what one change of the setup is worth. Cases are the same model
// (or operator) on the same board with the same rest of the setup; a gain compares one value of a
// dimension ("kernels": "reference") with a baseline value over all cases that have both.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "studies/record.h"

namespace studies {

/// A gain that is worth the name.
inline constexpr double kClearGain = 1.2;

/// Everything about a record but one dimension of its setup.
struct SetupCase {
    std::string board, model, op;
    bool measured = true;
    std::map<std::string, std::string> rest;
    std::map<std::string, std::vector<double>> times;  ///< by the value of that dimension

    double timeOf(const std::string& value) const;
    std::string label() const;  ///< "LeNet, int8, -Os"
};

/// One value of a dimension against the baseline of its board.
struct SetupGain {
    std::string board, value, baseline;
    bool measured = true;
    std::vector<std::shared_ptr<const SetupCase>> cases;
    std::vector<double> ratios;  ///< time with the value over time with the baseline

    double median() const;
};

/// Layers of one kind in one model count together.
Records summedByKind(const Records& records);

/// Operators that take less than a hundredth of their model say nothing about it.
void leaveOutTrifles(Records& operators);

/// The baseline of a board is the value that most cases have; of equals the fastest.
std::vector<SetupGain> setupGains(const Records& records, const std::string& dimension);

/// The dimension whose values part the ratios most, and the ratios under each of its values; empty
/// where none parts them clearly. Two things interact where the gain of one depends on the other.
using Parting = std::map<std::string, std::vector<double>>;
Parting partingOf(const SetupGain& gain);

/// The cases that a rule can be seen in: all, or those under the value where the gain is greatest.
SetupGain ruledPart(const SetupGain& gain);

}  // namespace studies

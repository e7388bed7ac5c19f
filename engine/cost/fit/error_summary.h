// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ErrorSummary: statistics of predictions against measurements. Errors are relative: predicted /
// measured - 1. The names state shares and percentages.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "types/fit_report.h"

namespace cost {

/// One layer, predicted without having been seen.
struct Residual {
    std::string op;      ///< "CONV_2D"
    std::string family;  ///< "CONV_2D 3x3"
    double measured = 0, predicted = 0;
    double relativeBand = -1;  ///< claimed half width; negative: none

    double error() const { return predicted / measured - 1; }
};

using ErrorSummary = types::FitErrors;

ErrorSummary summarize(const std::vector<Residual>& residuals);
std::map<std::string, ErrorSummary> summarizeByOp(const std::vector<Residual>& residuals);

}  // namespace cost

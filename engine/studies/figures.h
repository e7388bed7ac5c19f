// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Arithmetic of studies: median, straight lines, scatter of a sample, and numbers formatted for
// sentences.

#include <cstddef>
#include <string>
#include <vector>

#include "cost/median_of.h"
#include "types/number_text.h"

namespace studies {

using cost::medianOf;
using types::digits;
using types::percentText;

struct DataPoint {
    double x = 0, y = 0;
};

/// y = slope * x + intercept by ordinary least squares.
struct LineFit {
    size_t count = 0;
    double slope = 0, intercept = 0;
    double r2 = 0;           ///< 1 - squared errors / squared distances from the mean of y
    double mapePercent = 0;  ///< mean of |predicted / y - 1|
    size_t worst = 0;        ///< index of the sample with the largest relative error
    double worstPercent = 0;

    double at(double x) const { return slope * x + intercept; }
};

LineFit fitLine(const std::vector<DataPoint>& samples);
/// Least squares with the intercept fixed at 0.
LineFit fitThroughOrigin(const std::vector<DataPoint>& samples);
/// Errors of a given line on other samples.
LineFit lineErrors(double slope, double intercept, const std::vector<DataPoint>& samples);

/// sigma / mu of a sample with its 95 % interval. The interval assumes normal values: n s^2 /
/// sigma^2 is then chi-squared distributed with n - 1 degrees of freedom. s divides by n, as in the
/// papers.
struct Scatter {
    size_t count = 0;
    double mean = 0, relative = 0;
    double low = 0, high = 0;  ///< of `relative`
};

/// `values` holds at least two values.
Scatter scatterOf(const std::vector<double>& values);

/// "0.996".
std::string r2Text(double r2);

}  // namespace studies

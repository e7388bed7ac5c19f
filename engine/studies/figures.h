// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The arithmetic of studies: a median, a straight line, the scatter of a sample, and numbers as
// they stand in sentences.

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
    size_t worst = 0;        ///< the sample that is missed most, as a share
    double worstPercent = 0;

    double at(double x) const { return slope * x + intercept; }
};

LineFit fitLine(const std::vector<DataPoint>& samples);
/// With the intercept held at 0.
LineFit fitThroughOrigin(const std::vector<DataPoint>& samples);
/// A given line judged on other samples.
LineFit judgeLine(double slope, double intercept, const std::vector<DataPoint>& samples);

/// sigma / mu of a sample with its 95 % interval, which takes the values as normal: n s^2 / sigma^2
/// is then distributed as chi squared with n - 1 degrees of freedom. s divides by n, as the papers
/// do.
struct Scatter {
    size_t count = 0;
    double mean = 0, relative = 0;
    double low = 0, high = 0;  ///< of `relative`
};

/// Of at least two values.
Scatter scatterOf(const std::vector<double>& values);

/// "0.996".
std::string r2Text(double r2);

}  // namespace studies

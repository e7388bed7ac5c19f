// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Arithmetic of an axis: a range of round numbers around the values, linear or logarithmic,
// positions of values, and ticks.

#include <QString>
#include <vector>

namespace views {

struct AxisRange {
    double low = 0, high = 1;
    bool logarithmic = false;

    /// 0 at the low end, 1 at the high end; beyond for values outside.
    double shareOf(double value) const;
};

/// Contains lowest..highest, both above 0 if logarithmic; a linear range that begins near zero
/// begins at zero.
AxisRange roundRange(double lowest, double highest, bool logarithmic);

struct AxisTick {
    double value = 0;
    QString text;
};

/// About six ticks at round values: 1, 2 and 5 times powers of ten.
std::vector<AxisTick> axisTicks(const AxisRange& range);

}  // namespace views

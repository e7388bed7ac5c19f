// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The arithmetic of an axis: a range of round numbers that holds the values, linear or logarithmic,
// where a value lies on it, and the ticks.

#include <QString>
#include <vector>

namespace views {

struct AxisRange {
    double low = 0, high = 1;
    bool logarithmic = false;

    /// 0 at the low end, 1 at the high one; values outside lie outside.
    double shareOf(double value) const;
};

/// Holds lowest..highest, both above 0 if logarithmic; a linear range that begins near zero begins
/// at zero.
AxisRange roundRange(double lowest, double highest, bool logarithmic);

struct AxisTick {
    double value = 0;
    QString text;
};

/// About six ticks at round values: 1, 2 and 5 times powers of ten.
std::vector<AxisTick> axisTicks(const AxisRange& range);

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a column of points lies along an axis: range in round numbers, unit, ticks; and the text that
// tells what a point is.

#include "views/models/axis_ticks.h"
#include "views/models/point_lens.h"

namespace views {

struct PointAxis {
    AxisRange range;  ///< in units of the axis: values divided by `divisor`
    double divisor = 1;
    QString name, unit;  ///< "Latency", "ms"; no unit: empty
    std::vector<AxisTick> ticks;

    /// 0 at the low end, 1 at the high end, beyond for values outside; NaN for a missing value.
    double shareOf(double value) const;
    double valueAt(double share) const;
    /// "Latency, ms"
    QString title() const { return unit.isEmpty() ? name : name + ", " + unit; }
};

/// Contains the points that are not hidden and, where they have a band, its ends.
PointAxis pointAxis(const PointLens& lens, const AxisSetting& setting, bool withBands = false);

/// Name, figures in these columns, whether it fits, note.
QString pointTip(const PointLens& lens, int row, const std::vector<int>& columns);

/// "Latency, 41.2 ms, ...": a value with its band as in tables.
QString figureSentence(const PointStore& store, int column, int row);

}  // namespace views

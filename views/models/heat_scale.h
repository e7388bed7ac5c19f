// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HeatScale: colours for the values of a metric. Values in one direction take colours of cividis,
// the low ones faded into the ground, so that what costs most stands out, in the light palette the
// dark end, in the dark one the bright end. Differences go from blue over grey to orange, with zero
// in the middle. Source of cividis: Nunez, Anderton, Renslow 2018, ten steps of its table.

#include <QColor>
#include <QPalette>
#include <vector>

#include "views/metric.h"

namespace views {

class HeatScale {
public:
    HeatScale() = default;
    HeatScale(Metric metric, const std::vector<double>& values);

    Metric metric() const { return m_metric; }
    bool isEmpty() const { return m_isEmpty; }
    /// Zero lies in the middle.
    bool isDifference() const { return m_metric == Metric::LatencyGapUs; }
    /// Values at the ends of the legend: the calm one and the one that stands out.
    double first() const { return m_first; }
    double last() const { return m_last; }

    /// 0..1 along the legend.
    double shareOf(double value) const;
    QColor colorAt(double share, const QPalette& palette) const;
    QColor colorOf(double value, const QPalette& palette) const {
        return colorAt(shareOf(value), palette);
    }

private:
    Metric m_metric = Metric::Macs;
    bool m_isEmpty = true;
    double m_first = 0, m_last = 0;
};

/// Black or white, whichever is easier to read on `ground`.
QColor inkOn(const QColor& ground);

}  // namespace views

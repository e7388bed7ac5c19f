// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TradeoffPoints: the tried variations as points in two metrics, with their Pareto front and the
// board's limits. Values are in the metrics' own units (bytes, µs, ...).

#include <optional>
#include <vector>

#include "views/metric.h"
#include "views/models/tried_variation.h"

namespace views {

struct TradeoffPoint {
    int row = 0;  ///< index of the variation in the given list
    QString label, toolTip;
    double x = 0, y = 0;
    std::optional<types::Estimate> bandX, bandY;
    bool isPredicted = false;  ///< one of the two values is predicted
    bool isCurrent = false;
    bool isOutdated = false;
};

struct TradeoffPoints {
    std::vector<TradeoffPoint> points;
    std::vector<int> front;                ///< indices into points, by ascending x
    std::optional<double> limitX, limitY;  ///< largest value that still fits the board
    int leftOut = 0;                       ///< variations that lack one of the two values
    QString leftOutReason;
};

TradeoffPoints tradeoffPoints(const TriedVariations& tried, const types::Variation& current,
                              Metric x, Metric y);

/// The largest value of `metric` with which the evaluation's model would still fit its board;
/// flash and arena have one.
std::optional<double> limitOf(Metric metric, const types::Evaluation& evaluation);

}  // namespace views

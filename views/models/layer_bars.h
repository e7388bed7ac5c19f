// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerBars: the data of the per-layer chart: one bar per layer, scaled to one unit for the whole
// axis, with the band of predictions and the original's value.

#include <optional>
#include <vector>

#include "types/evaluation.h"
#include "views/colors.h"
#include "views/metric.h"

namespace views {

struct LayerBar {
    OpClass opClass = OpClass::Other;
    std::optional<double> value;  ///< in the axis unit
    std::optional<double> low, high;
    std::optional<double> original;  ///< of the same layer; absent where layers do not match
    QString toolTip;
};

struct LayerBars {
    std::vector<LayerBar> bars;
    std::vector<OpClass> classes;  ///< occurring classes, in order of first appearance
    double largest = 0;            ///< of values, bands and originals, in the axis unit
    double least = 0;              ///< likewise; below 0 for differences only
    QString axisTitle;             ///< "Latency, ms"
};

/// `original` may be null or `evaluation` itself: then without a comparison. `measuredUs`: of the
/// evaluation's layers, for the metric that compares with them.
LayerBars layerBars(const types::Evaluation& evaluation, const types::Evaluation* original,
                    Metric metric, const LayerTimes& measuredUs = {});

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/layer_bars.h"

#include <algorithm>

#include "views/models/buffers_model.h"

namespace views {
namespace {

using types::Evaluation;
using types::LayerEvaluation;

QString toolTip(const LayerEvaluation& layer, Metric metric, const Reading& reading) {
    return QStringLiteral("#%1 %2\n%3\n%4: %5")
        .arg(layer.index)
        .arg(QString::fromStdString(layer.op), shortName(layer.name), info(metric).name,
             describe(metric, reading));
}

/// The original's layers, if they are the same operators in the same order.
const std::vector<LayerEvaluation>* comparable(const Evaluation& evaluation,
                                               const Evaluation* original) {
    if (!original || original == &evaluation) return nullptr;
    const auto sameKind = [](const auto& a, const auto& b) { return a.kind == b.kind; };
    const bool same = std::equal(evaluation.layers.begin(), evaluation.layers.end(),
                                 original->layers.begin(), original->layers.end(), sameKind);
    return same ? &original->layers : nullptr;
}

void findRange(LayerBars& bars) {
    for (const LayerBar& bar : bars.bars)
        for (const auto& value : {bar.value, bar.high, bar.original}) {
            bars.largest = std::max(bars.largest, value.value_or(0));
            bars.least = std::min(bars.least, value.value_or(0));
        }
}

void divide(LayerBars& bars, double divisor) {
    for (LayerBar& bar : bars.bars)
        for (auto* value : {&bar.value, &bar.low, &bar.high, &bar.original})
            if (*value) **value /= divisor;
    bars.largest /= divisor;
    bars.least /= divisor;
}

}  // namespace

LayerBars layerBars(const Evaluation& evaluation, const Evaluation* original, Metric metric,
                    const LayerTimes& measuredUs) {
    LayerBars result;
    const auto* before = comparable(evaluation, original);
    for (size_t i = 0; i < evaluation.layers.size(); ++i) {
        const LayerEvaluation& layer = evaluation.layers[i];
        const Reading reading = read(metric, layer, measuredUs);
        LayerBar bar;
        bar.opClass = types::opTraits(layer.kind).opClass;
        bar.value = reading.value;
        if (reading.band) {
            bar.low = reading.band->low;
            bar.high = reading.band->high;
        }
        if (before) bar.original = read(metric, (*before)[i]).value;
        bar.toolTip = toolTip(layer, metric, reading);
        if (std::ranges::count(result.classes, bar.opClass) == 0)
            result.classes.push_back(bar.opClass);
        result.bars.push_back(std::move(bar));
    }
    findRange(result);
    const AxisScale scale = axisScale(info(metric).unit, std::max(result.largest, -result.least));
    divide(result, scale.divisor);
    result.axisTitle = info(metric).name;
    if (!scale.name.isEmpty() && scale.name != info(metric).name)
        result.axisTitle += ", " + scale.name;
    return result;
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/tradeoff_points.h"

#include <QStringList>

#include "views/models/pareto.h"
#include "views/models/variations_model.h"

namespace views {
namespace {

QString toolTip(const TriedVariation& tried, Metric x, Metric y) {
    const types::Evaluation& evaluation = *tried.evaluation;
    QStringList lines{QString::fromStdString(tried.variation.label())};
    for (Metric metric : {x, y})
        lines << info(metric).name + ": " + describe(metric, read(metric, evaluation));
    if (evaluation.device)
        lines << QString::fromStdString(evaluation.device->name) + ": " + fitText(evaluation);
    return lines.join('\n');
}

void addFront(TradeoffPoints& result, Metric x, Metric y) {
    std::vector<FrontPoint> plain;
    for (const TradeoffPoint& point : result.points)
        plain.push_back({point.x, point.y});
    result.front = paretoFront(plain, info(x).higherIsBetter, info(y).higherIsBetter);
}

}  // namespace

std::optional<double> limitOf(Metric metric, const types::Evaluation& evaluation) {
    // The limit is today's value plus the budget's spare bytes.
    const Reading now = read(metric, evaluation);
    const auto* budget = metric == Metric::FlashBytes   ? &evaluation.flash
                         : metric == Metric::ArenaBytes ? &evaluation.sram
                                                        : nullptr;
    if (!budget || !*budget || !(*budget)->isKnown() || !now.value) return std::nullopt;
    return *now.value + static_cast<double>((*budget)->spareBytes());
}

TradeoffPoints tradeoffPoints(const TriedVariations& tried, const types::Variation& current,
                              Metric x, Metric y) {
    TradeoffPoints result;
    for (size_t row = 0; row < tried.size(); ++row) {
        const TriedVariation& entry = tried[row];
        if (!entry.evaluation) continue;
        const Reading readX = read(x, *entry.evaluation), readY = read(y, *entry.evaluation);
        if (!readX.value || !readY.value) {
            ++result.leftOut;
            result.leftOutReason = readX.value ? readY.reason : readX.reason;
            continue;
        }
        TradeoffPoint point;
        point.row = static_cast<int>(row);
        point.label = QString::fromStdString(entry.variation.label());
        point.toolTip = toolTip(entry, x, y);
        point.x = *readX.value;
        point.y = *readY.value;
        point.bandX = readX.band;
        point.bandY = readY.band;
        point.isPredicted = readX.isPredicted() || readY.isPredicted();
        point.isCurrent = entry.variation == current;
        point.isOutdated = entry.outdated;
        result.points.push_back(std::move(point));
        result.limitX = limitOf(x, *entry.evaluation);
        result.limitY = limitOf(y, *entry.evaluation);
    }
    addFront(result, x, y);
    return result;
}

}  // namespace views

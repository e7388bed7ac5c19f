// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_axis.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace views {
namespace {

PointAxis choiceAxis(const PointColumn& column) {
    PointAxis axis;
    axis.name = column.name;
    const int count = column.words.size();
    axis.range = {-0.3, count - 0.7, false};
    for (int i = 0; i < count; ++i)
        axis.ticks.push_back({static_cast<double>(i), column.words[i]});
    return axis;
}

void includeBands(const PointLens& lens, int column, Span& span) {
    for (int row = 0; row < lens.store().count(); ++row) {
        if (lens.state(row) == PointState::Hidden) continue;
        const PointFigure figure = lens.store().figure(column, row);
        if (std::isnan(figure.value)) continue;
        span.low = std::min(span.low, figure.low);
        span.high = std::max(span.high, figure.high);
    }
}

QString verdictText(types::Verdict verdict) {
    switch (verdict) {
        case types::Verdict::Fits:
            return QObject::tr("fits the board");
        case types::Verdict::Exceeds:
            return QObject::tr("too large for the board");
        case types::Verdict::Unknown:
            break;
    }
    return QObject::tr("not known to fit the board");
}

}  // namespace

double PointAxis::shareOf(double value) const {
    if (std::isnan(value)) return kMissing;
    return range.shareOf(value / divisor);
}

double PointAxis::valueAt(double share) const {
    const double value = range.logarithmic ? range.low * std::pow(range.high / range.low, share)
                                           : range.low + share * (range.high - range.low);
    return value * divisor;
}

PointAxis pointAxis(const PointLens& lens, const AxisSetting& setting, bool withBands) {
    const PointColumn& column = lens.store().column(setting.column);
    if (!column.words.isEmpty()) return choiceAxis(column);
    std::optional<Span> span = lens.extent(setting.column, setting.logarithmic);
    const bool isLogarithmic = setting.logarithmic && span;
    if (!span) span = Span{0, 1};
    if (withBands && !isLogarithmic) includeBands(lens, setting.column, *span);
    if (setting.shown) span = setting.shown;
    PointAxis axis;
    axis.name = column.name;
    const AxisScale scale =
        axisScale(column.unit, std::max(std::abs(span->low), std::abs(span->high)));
    axis.divisor = scale.divisor;
    axis.unit = scale.name;
    const double low = span->low / axis.divisor, high = span->high / axis.divisor;
    // A part that the user chose is shown as chosen.
    const bool isPart = setting.shown && low < high && (!isLogarithmic || low > 0);
    axis.range =
        isPart ? AxisRange{low, high, isLogarithmic} : roundRange(low, high, isLogarithmic);
    axis.ticks = axisTicks(axis.range);
    return axis;
}

QString figureSentence(const PointStore& store, int column, int row) {
    const PointColumn& facts = store.column(column);
    const PointFigure figure = store.figure(column, row);
    if (std::isnan(figure.value)) return kUnknown;
    if (!facts.metric)
        return facts.isKnob ? facts.text(figure.value) : exactText(facts.unit, figure.value);
    Reading reading{figure.value, std::nullopt, {}};
    reading.kind = figure.isPredicted ? BandKind::Predicted : BandKind::Confidence;
    if (figure.low < figure.high)
        reading.band = types::Estimate{figure.value, figure.low, figure.high};
    return describe(*facts.metric, reading);
}

QString pointTip(const PointLens& lens, int row, const std::vector<int>& columns) {
    const PointStore& store = lens.store();
    QStringList lines{store.name(row)};
    const auto& same = store.variations(row);
    if (!store.marks(row).name.isEmpty()) lines << QString::fromStdString(same.front().label());
    if (same.size() > 1) lines << QObject::tr("%1 variations give this network").arg(same.size());
    for (const int column : columns) {
        lines << store.column(column).name + ": " + figureSentence(store, column, row);
        const auto limit = lens.limit(column);
        const double value = store.value(column, row);
        if (!limit || std::isnan(value) || lens.keepsLimit(column, *limit, row)) continue;
        const bool isWorse = store.column(column).higherIsBetter ? value < *limit : value > *limit;
        lines << (isWorse ? QObject::tr("beyond your limit of %1")
                          : QObject::tr("its band reaches beyond your limit of %1"))
                     .arg(store.column(column).text(*limit));
    }
    lines << (store.isOutdated(row) ? QObject::tr("of another board or other data")
                                    : verdictText(store.verdict(row)));
    if (!store.marks(row).note.isEmpty()) lines << store.marks(row).note;
    return lines.join('\n');
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/fit_charts.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "views/colors.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::FitPoint;
using types::OpKind;

std::string inFitCharts(const char* text) {
    return QCoreApplication::translate("FitCharts", text).toStdString();
}

/// "CONV_2D 3x3: +0.43 %, band 1.2 %".
std::string labelOf(const FitPoint& point) {
    QString text =
        QString::fromStdString(point.family) + ": " + changeText(point.predicted, point.measured);
    if (point.relativeBand >= 0)
        text += QCoreApplication::translate("FitCharts", ", band ±%1")
                    .arg(tickText(Unit::Share, point.relativeBand));
    return text.toStdString();
}

std::optional<types::Estimate> bandOf(const FitPoint& point) {
    if (point.relativeBand < 0) return std::nullopt;
    const double half = point.relativeBand * point.predicted;
    return types::Estimate{point.predicted, std::max(0.0, point.predicted - half),
                           point.predicted + half};
}

/// One series per operator, with its points at `place`.
template <typename Place>
ColoredChart chartOf(const std::vector<FitPoint>& points, bool hasBands, Place place) {
    std::map<OpKind, std::vector<const FitPoint*>> groups;
    for (const FitPoint& point : points)
        groups[point.kind].push_back(&point);
    ColoredChart colored;
    for (const auto& [kind, members] : groups) {
        types::StudySeries series{types::opName(kind), true, {}};
        for (const FitPoint* point : members) {
            const auto [x, y] = place(*point, colored.chart.series.size());
            series.points.push_back(
                {labelOf(*point), x, y, hasBands ? bandOf(*point) : std::nullopt});
        }
        colored.chart.series.push_back(std::move(series));
        colored.colors.push_back(opColor(kind));
    }
    return colored;
}

/// An error above 100 % means that nothing is known.
types::StudyCell errorCell(double percent) {
    if (percent > 100) return inFitCharts("over 100");
    return percent;
}

}  // namespace

ColoredChart predictedAgainstMeasured(const std::vector<FitPoint>& points,
                                      const std::string& predicted, const std::string& unit) {
    ColoredChart colored = chartOf(points, true, [](const FitPoint& point, size_t) {
        return std::pair(point.measured, point.predicted);
    });
    types::StudyChart& chart = colored.chart;
    chart.title = inFitCharts("Predicted against measured");
    chart.x = {inFitCharts("Measured"), unit, true, {}};
    chart.y = {predicted, unit, true, {}};
    if (points.empty()) return colored;
    const auto [low, high] = std::ranges::minmax(points, {}, &FitPoint::measured);
    chart.lines.push_back({inFitCharts("equal"), 1, 0, low.measured, high.measured, -1});
    return colored;
}

ColoredChart residualsByOperator(const std::vector<FitPoint>& points) {
    ColoredChart colored = chartOf(points, false, [](const FitPoint& point, size_t row) {
        return std::pair(point.errorPercent(), static_cast<double>(row));
    });
    types::StudyChart& chart = colored.chart;
    chart.title = inFitCharts("Residuals by operator");
    chart.x = {inFitCharts("Predicted against measured"), "%", false, {}};
    chart.y.name = inFitCharts("Operator");
    for (const types::StudySeries& series : chart.series)
        chart.y.categories.push_back(series.name);
    return colored;
}

types::StudyTable errorsTable(const std::string& title, const std::vector<types::FitLine>& lines) {
    types::StudyTable table;
    table.columns = {{title, ""},
                     {inFitCharts("Layers"), ""},
                     {inFitCharts("Mean error"), "%"},
                     {inFitCharts("Half below"), "%"},
                     {inFitCharts("9 of 10 below"), "%"},
                     {inFitCharts("Worst"), "%"},
                     {inFitCharts("Within 10 %"), "%"},
                     {inFitCharts("r2"), ""},
                     {inFitCharts("In the 90 % band"), "%"}};
    for (const types::FitLine& line : lines) {
        const types::FitErrors& e = line.errors;
        if (line.kind == types::FitLine::Kind::Part && e.layers == 0) continue;
        const auto known = [&](double value) {
            return e.layers > 0 ? types::StudyCell(value) : types::StudyCell();
        };
        types::StudyCell covered;
        if (e.coveredPercent >= 0) covered = e.coveredPercent;
        table.rows.push_back({line.title, static_cast<double>(e.layers), known(e.mapePercent),
                              known(e.medianPercent), known(e.p90Percent), known(e.worstPercent),
                              known(e.within10Percent), known(e.r2), covered});
    }
    return table;
}

types::StudyTable adviceTable(const std::vector<types::LayerAdvice>& advice) {
    types::StudyTable table;
    table.columns = {{inFitCharts("Operator"), ""},     {inFitCharts("Input"), ""},
                     {inFitCharts("Kernel"), ""},       {inFitCharts("Stride"), ""},
                     {inFitCharts("Channels out"), ""}, {inFitCharts("Expected error then"), "%"}};
    for (const types::LayerAdvice& layer : advice)
        table.rows.push_back({types::opName(layer.kind), types::shapeText(layer.input),
                              types::shapeText(layer.kernel), types::shapeText(layer.stride),
                              static_cast<double>(layer.outputChannels),
                              errorCell(layer.expectedErrorPercent)});
    return table;
}

}  // namespace views

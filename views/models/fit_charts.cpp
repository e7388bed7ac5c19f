// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/fit_charts.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "views/colors.h"

namespace views {
namespace {

using types::FitPoint;
using types::FitReport;
using types::OpKind;

std::string inFitCharts(const char* text) {
    return QCoreApplication::translate("FitCharts", text).toStdString();
}

std::map<OpKind, std::vector<const FitPoint*>> byOperator(const FitReport& report) {
    std::map<OpKind, std::vector<const FitPoint*>> groups;
    for (const FitPoint& point : report.points)
        groups[point.kind].push_back(&point);
    return groups;
}

std::string labelOf(const FitPoint& point) {
    return point.family + ", " + percentText(point.errorPercent(), 'f', 2).toStdString();
}

/// One series per operator, with its points at `place`.
template <typename Place>
ColoredChart chartOf(const FitReport& report, Place place) {
    ColoredChart colored;
    for (const auto& [kind, points] : byOperator(report)) {
        types::StudySeries series{types::opName(kind), true, {}};
        for (const FitPoint* point : points) {
            const auto [x, y] = place(*point, colored.chart.series.size());
            series.points.push_back({labelOf(*point), x, y, std::nullopt});
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

ColoredChart predictedAgainstMeasured(const FitReport& report) {
    ColoredChart colored = chartOf(report, [](const FitPoint& point, size_t) {
        return std::pair(point.measured, point.predicted);
    });
    types::StudyChart& chart = colored.chart;
    chart.title = inFitCharts("Predicted against measured");
    chart.x = {inFitCharts("Measured"), inFitCharts("cycles"), true, {}};
    chart.y = {inFitCharts("Predicted unseen"), inFitCharts("cycles"), true, {}};
    if (report.points.empty()) return colored;
    const auto [low, high] = std::ranges::minmax(report.points, {}, &FitPoint::measured);
    chart.lines.push_back({inFitCharts("equal"), 1, 0, low.measured, high.measured, -1});
    return colored;
}

ColoredChart residualsByOperator(const FitReport& report) {
    ColoredChart colored = chartOf(report, [](const FitPoint& point, size_t row) {
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

types::StudyTable errorsTable(const FitReport& report) {
    types::StudyTable table;
    table.columns = {{inFitCharts("10-fold cross-validation"), ""},
                     {inFitCharts("Layers"), ""},
                     {inFitCharts("Mean error"), "%"},
                     {inFitCharts("9 of 10 below"), "%"},
                     {inFitCharts("Worst"), "%"},
                     {inFitCharts("Within 10 %"), "%"},
                     {inFitCharts("r2"), ""},
                     {inFitCharts("In the 90 % band"), "%"}};
    for (const types::FitLine& line : report.lines) {
        const types::FitErrors& e = line.errors;
        types::StudyCell covered;
        if (e.coveredPercent >= 0) covered = e.coveredPercent;
        table.rows.push_back({line.title, static_cast<double>(e.layers), e.mapePercent,
                              e.p90Percent, e.worstPercent, e.within10Percent, e.r2, covered});
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

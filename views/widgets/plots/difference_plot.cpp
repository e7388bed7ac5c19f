// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/difference_plot.h"

#include <algorithm>
#include <cmath>

#include "views/colors.h"
#include "views/models/comparison_model.h"

namespace views {

namespace {

constexpr double kWidestCap = 6;

QString toolTipOf(const types::ComparedRow& row) {
    QStringList lines{QString::fromStdString(row.key), signedPercentText(row.percent, 2)};
    if (std::isfinite(row.lowPercent) && row.lowPercent < row.highPercent)
        lines.back() +=
            DifferencePlot::tr(" (%1 to %2)")
                .arg(signedPercentText(row.lowPercent, 2), signedPercentText(row.highPercent, 2));
    if (row.significant) lines << DifferencePlot::tr("significant");
    if (!row.note.empty()) lines << QString::fromStdString(row.note);
    return lines.join('\n');
}

}  // namespace

DifferencePlot::DifferencePlot(QWidget* parent) : ColumnPlot(QStringLiteral("difference"), parent) {
    setAccessibleName(tr("Difference per layer; the table holds the same numbers"));
    yAxis().setTitleText(tr("Difference, %"));
}

void DifferencePlot::setComparison(const types::SessionComparison& comparison) {
    m_rows.clear();
    const types::Quantity main = mainQuantity(comparison);
    std::copy_if(comparison.layers.begin(), comparison.layers.end(), std::back_inserter(m_rows),
                 [main](const types::ComparedRow& row) { return row.quantity == main; });
    m_minimumEffect = comparison.minimumEffectPercent;
    // Zero in the middle, for any sign of the differences.
    double reach = std::max(1.0, 1.5 * m_minimumEffect);
    for (const types::ComparedRow& row : m_rows)
        for (double percent : {row.percent, row.lowPercent, row.highPercent})
            if (std::isfinite(percent)) reach = std::max(reach, std::abs(percent));
    setRoundRange(&yAxis(), -reach, reach);
    std::vector<ColumnFacts> columns;
    for (const types::ComparedRow& row : m_rows)
        columns.push_back({row.layer.value_or(-1), toolTipOf(row)});
    setColumns(std::move(columns));
}

void DifferencePlot::paintBehind(QPainter& painter) {
    if (m_rows.empty()) return;
    ColumnPlot::paintBehind(painter);
    const QRectF area = plotArea();
    const QRectF tooSmall(QPointF(area.left(), yOf(m_minimumEffect)),
                          QPointF(area.right(), yOf(-m_minimumEffect)));
    painter.fillRect(tooSmall, mixed(palette().color(QPalette::Window),
                                     palette().color(QPalette::WindowText), 0.08));
}

void DifferencePlot::paintOver(QPainter& painter) {
    if (m_rows.empty()) return;
    painter.setPen(QPen(mutedColor(palette()), 1));
    painter.drawLine(QPointF(plotArea().left(), yOf(0)), QPointF(plotArea().right(), yOf(0)));
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const types::ComparedRow& row = m_rows[i];
        const QRectF column = columnOf(i);
        const double x = column.center().x(), cap = std::min(column.width() / 3, kWidestCap);
        const QColor ink = row.significant ? accentColor(palette()) : mutedColor(palette());
        painter.setPen(QPen(ink, row.significant ? 2 : 1));
        paintInterval(painter, row, x, cap);
        painter.setBrush(row.significant ? ink : palette().color(QPalette::Window));
        if (std::isfinite(row.percent)) painter.drawEllipse(QPointF(x, yOf(row.percent)), 3.5, 3.5);
        paintNumber(painter, i);
    }
}

/// Nothing where the interval is unknown.
void DifferencePlot::paintInterval(QPainter& painter, const types::ComparedRow& row, double x,
                                   double cap) const {
    if (!std::isfinite(row.lowPercent) || !std::isfinite(row.highPercent)) return;
    painter.drawLine(QPointF(x, yOf(row.lowPercent)), QPointF(x, yOf(row.highPercent)));
    for (double end : {row.lowPercent, row.highPercent})
        painter.drawLine(QPointF(x - cap, yOf(end)), QPointF(x + cap, yOf(end)));
}

}  // namespace views

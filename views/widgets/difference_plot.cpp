// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/difference_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "views/colors.h"

namespace views {

namespace {

constexpr double kWidestCap = 6;

}  // namespace

DifferencePlot::DifferencePlot(QWidget* parent) : ColumnPlot(QStringLiteral("difference"), parent) {
    setAccessibleName(tr("Difference per layer; the table holds the same numbers"));
    yAxis().setTitleText(tr("Difference, %"));
}

void DifferencePlot::setComparison(const types::SessionComparison& comparison) {
    m_rows = comparison.layers;
    m_minimumEffect = comparison.minimumEffectPercent;
    // Zero in the middle, whatever the sign of the differences.
    double reach = std::max(1.0, 1.5 * m_minimumEffect);
    for (const types::ComparedRow& row : m_rows)
        reach = std::max({reach, std::abs(row.lowPercent), std::abs(row.highPercent)});
    setRoundRange(&yAxis(), -reach, reach);
    setColumns(m_rows.size());
    viewport()->update();
}

void DifferencePlot::paintBehind(QPainter& painter) {
    if (m_rows.empty()) return;
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
        painter.drawLine(QPointF(x, yOf(row.lowPercent)), QPointF(x, yOf(row.highPercent)));
        for (double end : {row.lowPercent, row.highPercent})
            painter.drawLine(QPointF(x - cap, yOf(end)), QPointF(x + cap, yOf(end)));
        painter.setBrush(row.significant ? ink : palette().color(QPalette::Window));
        painter.drawEllipse(QPointF(x, yOf(row.percent)), 3.5, 3.5);
        if (row.layer) paintNumber(painter, i, *row.layer);
    }
}

void DifferencePlot::mouseMoveEvent(QMouseEvent* event) {
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (!columnOf(i).contains(event->pos())) continue;
        const types::ComparedRow& row = m_rows[i];
        return QToolTip::showText(event->globalPos(),
                                  tr("%1\n%2 % (%3 to %4 %)%5")
                                      .arg(QString::fromStdString(row.key))
                                      .arg(row.percent, 0, 'f', 2)
                                      .arg(row.lowPercent, 0, 'f', 2)
                                      .arg(row.highPercent, 0, 'f', 2)
                                      .arg(row.significant ? tr("\nsignificant") : QString()),
                                  this);
    }
    QToolTip::hideText();
}

}  // namespace views

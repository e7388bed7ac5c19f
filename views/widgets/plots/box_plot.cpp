// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/box_plot.h"

#include <algorithm>

#include "views/colors.h"

namespace views {

namespace {

constexpr double kBoxShare = 0.6;
constexpr double kWidestBox = 40;

}  // namespace

BoxPlot::BoxPlot(QWidget* parent) : ColumnPlot(QStringLiteral("session"), parent) {
    setAccessibleName(tr("Box plots per layer; the table holds the same numbers"));
}

void BoxPlot::setBoxes(SessionBoxes boxes) {
    m_boxes = std::move(boxes);
    std::vector<ColumnFacts> columns;
    for (const SessionBox& box : m_boxes.boxes)
        columns.push_back({box.layer, box.toolTip});
    setColumns(std::move(columns));
    setRoundRange(&yAxis(), 0, m_boxes.largest > 0 ? m_boxes.largest : 1);
    yAxis().setTitleText(m_boxes.axisTitle);
}

void BoxPlot::paintOver(QPainter& painter) {
    for (size_t i = 0; i < m_boxes.boxes.size(); ++i) {
        paintBox(painter, m_boxes.boxes[i], columnOf(i));
        paintNumber(painter, i);
    }
}

void BoxPlot::paintBox(QPainter& painter, const SessionBox& box, const QRectF& column) const {
    const double x = column.center().x();
    const double half = std::min(column.width() * kBoxShare, kWidestBox) / 2;
    const QColor ink = palette().color(QPalette::WindowText);
    painter.setPen(QPen(mutedColor(palette()), 1));
    painter.drawLine(QPointF(x, yOf(box.whiskerLow)), QPointF(x, yOf(box.whiskerHigh)));
    const double top = yOf(box.summary.upperQuartile), bottom = yOf(box.summary.lowerQuartile);
    painter.setBrush(mixed(palette().color(QPalette::Window), accentColor(palette()), 0.5));
    painter.drawRect(QRectF(x - half, top, 2 * half, std::max(1.0, bottom - top)));
    painter.setPen(QPen(ink, 2));
    const double median = yOf(box.summary.median);
    painter.drawLine(QPointF(x - half, median), QPointF(x + half, median));
    painter.setPen(Qt::NoPen);
    painter.setBrush(mutedColor(palette()));
    for (double outlier : box.outliers) {
        if (outlier <= yAxis().max())
            painter.drawEllipse(QPointF(x, yOf(outlier)), 1.5, 1.5);
        else
            paintBeyond(painter, x);
    }
}

/// A sample above the axis: an arrow head at its upper end.
void BoxPlot::paintBeyond(QPainter& painter, double x) const {
    const double top = plotArea().top();
    painter.drawPolygon(
        QPolygonF({QPointF(x, top), QPointF(x - 4, top + 6), QPointF(x + 4, top + 6)}));
}

}  // namespace views

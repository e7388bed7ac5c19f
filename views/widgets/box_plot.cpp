// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/box_plot.h"

#include <QMouseEvent>
#include <QToolTip>
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
    setColumns(m_boxes.boxes.size());
    setRoundRange(&yAxis(), 0, m_boxes.largest > 0 ? m_boxes.largest : 1);
    yAxis().setTitleText(m_boxes.axisTitle);
    viewport()->update();
}

void BoxPlot::setSelectedLayer(int layer) {
    m_selected = layer;
    viewport()->update();
}

void BoxPlot::paintBehind(QPainter& painter) {
    for (size_t i = 0; i < m_boxes.boxes.size(); ++i)
        if (m_boxes.boxes[i].layer == m_selected)
            painter.fillRect(columnOf(i), mixed(palette().color(QPalette::Window),
                                                accentColor(palette()), 0.18));
}

void BoxPlot::paintOver(QPainter& painter) {
    for (size_t i = 0; i < m_boxes.boxes.size(); ++i) {
        paintBox(painter, m_boxes.boxes[i], columnOf(i));
        paintNumber(painter, i, m_boxes.boxes[i].layer);
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

const SessionBox* BoxPlot::boxAt(const QPoint& position) const {
    for (size_t i = 0; i < m_boxes.boxes.size(); ++i)
        if (columnOf(i).contains(position)) return &m_boxes.boxes[i];
    return nullptr;
}

void BoxPlot::mousePressEvent(QMouseEvent* event) {
    const SessionBox* box = boxAt(event->pos());
    if (event->button() == Qt::LeftButton && box) emit layerClicked(box->layer);
}

void BoxPlot::mouseMoveEvent(QMouseEvent* event) {
    const SessionBox* box = boxAt(event->pos());
    if (box)
        QToolTip::showText(event->globalPos(), box->toolTip, this);
    else
        QToolTip::hideText();
}

}  // namespace views

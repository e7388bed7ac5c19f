// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/box_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QLineSeries>
#include <algorithm>

#include "views/colors.h"

namespace views {

using QtCharts::QValueAxis;

namespace {

constexpr double kBoxShare = 0.6;
constexpr double kWidestBox = 40;
constexpr int kRoomForNames = 20;

}  // namespace

BoxPlot::BoxPlot(QWidget* parent)
    : PlotView(QStringLiteral("session"), parent),
      m_xAxis(new QValueAxis),
      m_yAxis(new QValueAxis) {
    setAccessibleName(tr("Box plots per layer; the table holds the same numbers"));
    m_xAxis->setLabelsVisible(false);
    m_xAxis->setGridLineVisible(false);
    chart()->addAxis(m_xAxis, Qt::AlignBottom);
    chart()->addAxis(m_yAxis, Qt::AlignLeft);
    // Axes show themselves only with a series on them.
    auto* frame = new QtCharts::QLineSeries;
    chart()->addSeries(frame);
    frame->attachAxis(m_xAxis);
    frame->attachAxis(m_yAxis);
    chart()->setMargins(QMargins(0, 0, 0, kRoomForNames));
    applyColors();
}

void BoxPlot::setBoxes(SessionBoxes boxes) {
    m_boxes = std::move(boxes);
    m_xAxis->setRange(0, static_cast<double>(std::max<size_t>(1, m_boxes.boxes.size())));
    setRoundRange(m_yAxis, 0, m_boxes.largest > 0 ? m_boxes.largest : 1);
    m_yAxis->setTitleText(m_boxes.axisTitle);
    viewport()->update();
}

void BoxPlot::setSelectedLayer(int layer) {
    m_selected = layer;
    viewport()->update();
}

QRectF BoxPlot::columnOf(size_t box) const {
    const QRectF area = plotArea();
    const double width = area.width() / static_cast<double>(m_boxes.boxes.size());
    return {area.left() + static_cast<double>(box) * width, area.top(), width, area.height()};
}

double BoxPlot::yOf(double value) const {
    return plotArea().bottom() - plotArea().height() * value / m_yAxis->max();
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
        paintName(painter, m_boxes.boxes[i], columnOf(i));
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
        if (outlier <= m_yAxis->max())
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

void BoxPlot::paintName(QPainter& painter, const SessionBox& box, const QRectF& column) const {
    const QString number = QString::number(box.layer);
    const double needed = painter.fontMetrics().horizontalAdvance(number) + 4;
    // Where columns are narrow, every tenth is named.
    if (needed > column.width() && box.layer % 10 != 0) return;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(column.center().x() - needed, column.bottom() + 2, 2 * needed, 18),
                     Qt::AlignHCenter | Qt::AlignTop, number);
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

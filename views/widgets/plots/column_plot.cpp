// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/column_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

#include "views/colors.h"

namespace views {

using QtCharts::QValueAxis;

namespace {

constexpr int kRoomForNumbers = 20;

}  // namespace

ColumnPlot::ColumnPlot(const QString& name, QWidget* parent)
    : PlotView(name, parent), m_xAxis(new QValueAxis), m_yAxis(new QValueAxis) {
    m_xAxis->setLabelsVisible(false);
    m_xAxis->setGridLineVisible(false);
    addAxes(m_xAxis, m_yAxis);
    chart()->setMargins(QMargins(0, 0, 0, kRoomForNumbers));
    applyColors();
}

void ColumnPlot::setColumns(std::vector<ColumnFacts> columns) {
    m_columns = std::move(columns);
    m_xAxis->setRange(0, static_cast<double>(std::max<size_t>(1, m_columns.size())));
    viewport()->update();
}

void ColumnPlot::setSelectedLayer(int layer) {
    m_selected = layer;
    viewport()->update();
}

void ColumnPlot::follow(Selection& selection) {
    connect(this, &ColumnPlot::layerClicked, &selection, &Selection::setLayer);
    connect(&selection, &Selection::layerChanged, this, &ColumnPlot::setSelectedLayer);
}

QRectF ColumnPlot::columnOf(size_t index) const {
    const QRectF area = plotArea();
    const double width = area.width() / static_cast<double>(m_columns.size());
    return {area.left() + static_cast<double>(index) * width, area.top(), width, area.height()};
}

const ColumnPlot::ColumnFacts* ColumnPlot::columnAt(const QPoint& position) const {
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (columnOf(i).contains(position)) return &m_columns[i];
    return nullptr;
}

void ColumnPlot::paintBehind(QPainter& painter) {
    const QColor ground = palette().color(QPalette::Window);
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].layer >= 0 && m_columns[i].layer == m_selected)
            painter.fillRect(columnOf(i), mixed(ground, accentColor(palette()), 0.18));
}

void ColumnPlot::mousePressEvent(QMouseEvent* event) {
    const ColumnFacts* column = columnAt(event->pos());
    if (event->button() == Qt::LeftButton && column && column->layer >= 0)
        emit layerClicked(column->layer);
}

void ColumnPlot::mouseMoveEvent(QMouseEvent* event) {
    if (const ColumnFacts* column = columnAt(event->pos()))
        QToolTip::showText(event->globalPos(), column->toolTip, this);
    else
        QToolTip::hideText();
}

double ColumnPlot::yOf(double value) const {
    const double share = (value - m_yAxis->min()) / (m_yAxis->max() - m_yAxis->min());
    return plotArea().bottom() - plotArea().height() * share;
}

void ColumnPlot::paintNumber(QPainter& painter, size_t index) const {
    const int layer = m_columns[index].layer;
    if (layer < 0) return;
    const QRectF column = columnOf(index);
    const QString number = QString::number(layer);
    const double needed = painter.fontMetrics().horizontalAdvance(number) + 4;
    if (needed > column.width() && layer % 10 != 0) return;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(column.center().x() - needed, column.bottom() + 2, 2 * needed, 18),
                     Qt::AlignHCenter | Qt::AlignTop, number);
}

}  // namespace views

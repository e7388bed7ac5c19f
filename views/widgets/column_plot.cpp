// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/column_plot.h"

#include <algorithm>

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

void ColumnPlot::setColumns(size_t count) {
    m_count = count;
    m_xAxis->setRange(0, static_cast<double>(std::max<size_t>(1, count)));
}

QRectF ColumnPlot::columnOf(size_t index) const {
    const QRectF area = plotArea();
    const double width = area.width() / static_cast<double>(m_count);
    return {area.left() + static_cast<double>(index) * width, area.top(), width, area.height()};
}

double ColumnPlot::yOf(double value) const {
    const double share = (value - m_yAxis->min()) / (m_yAxis->max() - m_yAxis->min());
    return plotArea().bottom() - plotArea().height() * share;
}

void ColumnPlot::paintNumber(QPainter& painter, size_t index, int layer) const {
    const QRectF column = columnOf(index);
    const QString number = QString::number(layer);
    const double needed = painter.fontMetrics().horizontalAdvance(number) + 4;
    if (needed > column.width() && layer % 10 != 0) return;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(column.center().x() - needed, column.bottom() + 2, 2 * needed, 18),
                     Qt::AlignHCenter | Qt::AlignTop, number);
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/layer_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QBarSet>
#include <QtCharts/QLegend>
#include <QtCharts/QStackedBarSeries>
#include <algorithm>
#include <cmath>

#include "views/colors.h"

namespace views {

using QtCharts::QBarSet;
using QtCharts::QStackedBarSeries;
using QtCharts::QValueAxis;

namespace {

constexpr double kBarShare = 0.72;
constexpr double kWidestBar = 56;

/// Labels every n-th layer, such that labels have about 32 pixels each.
int tickStep(int layers, double width) {
    const int most = std::max(1, static_cast<int>(width / 32));
    for (int step : {1, 2, 5, 10, 20, 50, 100, 200, 500})
        if (layers / step < most) return step;
    return 1000;
}

}  // namespace

LayerPlot::LayerPlot(QWidget* parent)
    : PlotView(QStringLiteral("layers"), parent), m_xAxis(new QValueAxis), m_yAxis(new QValueAxis) {
    setAccessibleName(tr("Bars per layer; the table below holds the same numbers"));
    setFocusPolicy(Qt::StrongFocus);
    m_xAxis->setGridLineVisible(false);
    m_xAxis->setLabelFormat("%d");
    m_xAxis->setTickType(QValueAxis::TicksDynamic);
    m_xAxis->setTickAnchor(0);
    m_xAxis->setTickInterval(1);
    m_xAxis->setTitleText(tr("Layer"));
    m_xAxis->setTitleVisible(false);
    chart()->addAxis(m_xAxis, Qt::AlignBottom);
    chart()->addAxis(m_yAxis, Qt::AlignLeft);
    applyColors();
}

void LayerPlot::setBars(LayerBars bars) {
    if (underMouse()) QToolTip::hideText();  // it told the values before
    m_bars = std::move(bars);
    rebuildSeries();
    fitTicks();
    viewport()->update();
}

void LayerPlot::setSelectedLayers(const std::vector<int>& layers, int current) {
    m_selected = layers;
    m_current = current;
    viewport()->update();
}

void LayerPlot::rebuildSeries() {
    if (m_series) chart()->removeSeries(m_series);
    delete m_series;
    m_series = new QStackedBarSeries;
    for (OpClass opClass : m_bars.classes) {
        auto* set = new QBarSet(opClassName(opClass));
        QList<qreal> values;
        for (const LayerBar& bar : m_bars.bars)
            values << (bar.opClass == opClass ? bar.value.value_or(0) : 0);
        set->append(values);
        set->setBrush(opClassColor(opClass));
        set->setPen(Qt::NoPen);
        m_series->append(set);
    }
    chart()->addSeries(m_series);
    m_series->attachAxis(m_xAxis);
    m_series->attachAxis(m_yAxis);
    const auto layers = static_cast<double>(std::max<size_t>(1, m_bars.bars.size()));
    m_xAxis->setRange(-0.5, layers - 0.5);
    const bool isEmpty = m_bars.largest <= 0 && m_bars.least >= 0;
    setRoundRange(m_yAxis, m_bars.least, isEmpty ? 1 : m_bars.largest);
    m_yAxis->setTitleText(m_bars.axisTitle);
}

void LayerPlot::fitTicks() {
    const int layers = static_cast<int>(m_bars.bars.size());
    if (layers == 0 || plotArea().width() <= 0) return;
    m_xAxis->setTickInterval(tickStep(layers, plotArea().width()));
    const double column = plotArea().width() / layers;
    if (m_series) m_series->setBarWidth(std::min(kBarShare, kWidestBar / column));
}

QRectF LayerPlot::columnOf(int layer) const {
    const QRectF area = plotArea();
    const double width = area.width() / static_cast<double>(m_bars.bars.size());
    return {area.left() + layer * width, area.top(), width, area.height()};
}

double LayerPlot::yOf(double value) const {
    const QRectF area = plotArea();
    return area.bottom() -
           area.height() * (value - m_yAxis->min()) / (m_yAxis->max() - m_yAxis->min());
}

int LayerPlot::layerAt(const QPoint& position) const {
    const QRectF area = plotArea();
    const double share = (position.x() - area.left()) / area.width();
    if (m_bars.bars.empty() || share < 0 || share >= 1) return -1;
    return static_cast<int>(share * static_cast<double>(m_bars.bars.size()));
}

void LayerPlot::paintBehind(QPainter& painter) {
    const QColor ground = palette().color(QPalette::Window);
    for (int layer : m_selected)
        if (layer < static_cast<int>(m_bars.bars.size()))
            painter.fillRect(columnOf(layer), mixed(ground, accentColor(palette()), 0.18));
}

void LayerPlot::paintOver(QPainter& painter) {
    const QColor ink = palette().color(QPalette::WindowText);
    for (int i = 0; i < static_cast<int>(m_bars.bars.size()); ++i) {
        const LayerBar& bar = m_bars.bars[static_cast<size_t>(i)];
        const QRectF column = columnOf(i);
        const double x = column.center().x();
        const double half = std::min(column.width() * kBarShare, kWidestBar) / 2;
        if (bar.original && bar.value && *bar.original != *bar.value) {
            painter.setPen(QPen(mutedColor(palette()), 1));
            painter.drawLine(QPointF(x - half, yOf(*bar.original)),
                             QPointF(x + half, yOf(*bar.original)));
        }
        if (bar.low && bar.high && *bar.high > *bar.low) {
            painter.setPen(QPen(ink, 1));
            painter.drawLine(QPointF(x, yOf(*bar.low)), QPointF(x, yOf(*bar.high)));
        }
        if (!bar.value) {
            painter.setPen(mutedColor(palette()));
            painter.drawText(QRectF(column.left(), column.bottom() - 20, column.width(), 18),
                             Qt::AlignCenter, kUnknown);
        }
    }
}

void LayerPlot::mousePressEvent(QMouseEvent* event) {
    const int layer = layerAt(event->pos());
    if (event->button() == Qt::LeftButton && layer >= 0)
        emit layerClicked(layer, event->modifiers() & Qt::ControlModifier);
}

void LayerPlot::mouseMoveEvent(QMouseEvent* event) {
    const int layer = layerAt(event->pos());
    if (layer < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), m_bars.bars[static_cast<size_t>(layer)].toolTip,
                           this);
}

void LayerPlot::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const int next = m_current + step;
    if (step == 0) return PlotView::keyPressEvent(event);
    if (next >= 0 && next < static_cast<int>(m_bars.bars.size())) emit layerClicked(next, false);
}

void LayerPlot::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    fitTicks();
}

}  // namespace views

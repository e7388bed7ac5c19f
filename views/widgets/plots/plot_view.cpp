// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/plot_view.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QGraphicsLayout>
#include <QtCharts/QLegend>
#include <QtCharts/QLineSeries>
#include <cmath>

#include "views/colors.h"
#include "views/widgets/plots/chart_saving.h"

namespace views {

using QtCharts::QAbstractAxis;
using QtCharts::QChart;

PlotView::PlotView(const QString& name, QWidget* parent) : QChartView(parent), m_name(name) {
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->setMargins(QMargins(0, 0, 0, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(FullViewportUpdate);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
}

bool PlotView::viewportEvent(QEvent* event) {
    // Where the mouse rests, Qt asks for the tip of the scene, which has none, and would hide what
    // mouseMoveEvent() shows.
    if (event->type() == QEvent::ToolTip) return true;
    return QChartView::viewportEvent(event);
}

void PlotView::setDimmed(bool dimmed) {
    chart()->setOpacity(dimmed ? 0.5 : 1.0);
}

void PlotView::addAxes(QtCharts::QValueAxis* x, QtCharts::QValueAxis* y) {
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    // Qt Charts draws axes only with a series.
    auto* frame = new QtCharts::QLineSeries;
    chart()->addSeries(frame);
    frame->attachAxis(x);
    frame->attachAxis(y);
}

void PlotView::styleAxis(QAbstractAxis* axis) const {
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    axis->setLabelsFont(font);
    axis->setTitleFont(font);
    axis->setLabelsBrush(palette().color(QPalette::WindowText));
    axis->setTitleBrush(mutedColor(palette()));
    axis->setLinePen(QPen(lineColor(palette()), 1));
    axis->setGridLinePen(QPen(lineColor(palette()), 1));
}

void PlotView::applyColors() {
    for (QAbstractAxis* axis : chart()->axes())
        styleAxis(axis);
}

void PlotView::drawBackground(QPainter* painter, const QRectF& rect) {
    QChartView::drawBackground(painter, rect);
    paintBehind(*painter);
}

void PlotView::drawForeground(QPainter* painter, const QRectF& rect) {
    QChartView::drawForeground(painter, rect);
    painter->setOpacity(chart()->opacity());
    paintOver(*painter);
}

void PlotView::contextMenuEvent(QContextMenuEvent* event) {
    const ChartPicture picture{size(), palette().color(QPalette::Window),
                               [this](QPainter& painter) { render(&painter); }};
    showChartMenu(this, event->globalPos(), m_name, picture);
}

void PlotView::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyColors();
}

void setRoundRange(QtCharts::QValueAxis* axis, double lowest, double largest) {
    const double span = largest > lowest ? largest - lowest : 1;
    constexpr double kWantedTicks = 5;
    const double rough = span / kWantedTicks;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    const double low = std::floor(lowest / step + 1e-9) * step;
    const double high = std::max(std::ceil(largest / step - 1e-9) * step, low + step);
    axis->setTickCount(static_cast<int>(std::lround((high - low) / step)) + 1);
    axis->setRange(low, high);
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    axis->setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/trace_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "views/colors.h"

namespace views {

using QtCharts::QValueAxis;
using types::PowerTrace;

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kFewestSamples = 10;  ///< closest zoom, in samples

}  // namespace

TracePlot::TracePlot(QWidget* parent)
    : PlotView(QStringLiteral("power"), parent), m_xAxis(new QValueAxis), m_yAxis(new QValueAxis) {
    setAccessibleName(tr("Power over time"));
    m_xAxis->setTitleText(tr("Time, s"));
    m_yAxis->setTitleText(tr("Power, mW"));
    addAxes(m_xAxis, m_yAxis);
    applyColors();
}

const PowerTrace* TracePlot::trace() const {
    const bool hasTrace = m_session && !m_session->traces.empty() &&
                          !m_session->traces[0].powerMw.empty() &&
                          m_session->traces[0].sampleRateHz > 0;
    return hasTrace ? &m_session->traces[0] : nullptr;
}

double TracePlot::endS() const {
    return trace()->beginS + static_cast<double>(trace()->powerMw.size()) / trace()->sampleRateHz;
}

void TracePlot::setSession(types::SessionPtr session) {
    m_session = std::move(session);
    if (!trace()) return viewport()->update();
    const auto& power = trace()->powerMw;
    const auto [lowest, highest] = std::minmax_element(power.begin(), power.end());
    setRoundRange(m_yAxis, std::min(0.0f, *lowest), std::max(*highest, 1e-6f));
    showAll();
}

void TracePlot::showAll() {
    if (trace()) show(trace()->beginS, endS());
}

void TracePlot::show(double fromS, double toS) {
    const double shortest = kFewestSamples / trace()->sampleRateHz;
    const double begin = trace()->beginS, end = endS();
    const double span = std::clamp(toS - fromS, std::min(shortest, end - begin), end - begin);
    m_fromS = std::clamp(fromS, begin, end - span);
    m_toS = m_fromS + span;
    m_xAxis->setRange(m_fromS, m_toS);
    m_xAxis->setTickCount(6);
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(span / 5)) + 1));
    m_xAxis->setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    viewport()->update();
}

double TracePlot::xOf(double seconds) const {
    return plotArea().left() + plotArea().width() * (seconds - m_fromS) / (m_toS - m_fromS);
}

double TracePlot::secondsAt(double x) const {
    return m_fromS + (x - plotArea().left()) / plotArea().width() * (m_toS - m_fromS);
}

double TracePlot::yOf(double milliwatts) const {
    const double share = (milliwatts - m_yAxis->min()) / (m_yAxis->max() - m_yAxis->min());
    return plotArea().bottom() - plotArea().height() * share;
}

void TracePlot::paintBehind(QPainter& painter) {
    if (!trace()) return;
    const QColor ground = palette().color(QPalette::Window);
    for (const PowerTrace::Window& window : trace()->windows) {
        QRectF band = plotArea();
        band.setLeft(std::max(band.left(), xOf(window.beginS)));
        band.setRight(std::min(band.right(), xOf(window.endS)));
        if (band.width() > 0) painter.fillRect(band, mixed(ground, accentColor(palette()), 0.18));
    }
}

void TracePlot::paintOver(QPainter& painter) {
    if (!trace()) return;
    const auto& power = trace()->powerMw;
    const auto indexAt = [&](double x) {
        const double index = (secondsAt(x) - trace()->beginS) * trace()->sampleRateHz;
        return static_cast<size_t>(std::clamp(index, 0.0, static_cast<double>(power.size() - 1)));
    };
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1));
    QPointF last;
    for (double x = plotArea().left(); x < plotArea().right(); ++x) {
        const size_t from = indexAt(x), to = std::max(indexAt(x + 1), from + 1);
        const auto [lowest, highest] = std::minmax_element(
            power.begin() + static_cast<std::ptrdiff_t>(from),
            power.begin() + static_cast<std::ptrdiff_t>(std::min(to, power.size())));
        const QPointF top(x, yOf(*highest)), bottom(x, yOf(*lowest));
        if (!last.isNull()) painter.drawLine(last, top);
        painter.drawLine(top, bottom);
        last = bottom;
    }
}

void TracePlot::wheelEvent(QWheelEvent* event) {
    if (!trace()) return;
    const double factor = event->angleDelta().y() > 0 ? 1 / kZoomStep : kZoomStep;
    const double middle = secondsAt(event->position().x());
    show(middle - (middle - m_fromS) * factor, middle + (m_toS - middle) * factor);
    event->accept();
}

void TracePlot::mousePressEvent(QMouseEvent* event) {
    if (trace()) m_grabbedS = secondsAt(event->pos().x());
}

void TracePlot::mouseMoveEvent(QMouseEvent* event) {
    if (!trace()) return;
    if (event->buttons() & Qt::LeftButton) {
        const double moved = secondsAt(event->pos().x()) - m_grabbedS;
        return show(m_fromS - moved, m_toS - moved);
    }
    const double seconds = secondsAt(event->pos().x());
    const double index = (seconds - trace()->beginS) * trace()->sampleRateHz;
    if (index < 0 || index >= static_cast<double>(trace()->powerMw.size()))
        return QToolTip::hideText();
    const double power = trace()->powerMw[static_cast<size_t>(index)];
    QToolTip::showText(event->globalPos(),
                       tr("%1 mW at %2 s").arg(power, 0, 'g', 4).arg(seconds, 0, 'f', 4), this);
}

void TracePlot::mouseDoubleClickEvent(QMouseEvent*) {
    showAll();
}

}  // namespace views

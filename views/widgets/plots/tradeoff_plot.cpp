// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/tradeoff_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QLineSeries>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QScatterSeries>
#include <algorithm>
#include <cmath>

#include "views/colors.h"
#include "views/models/point_labels.h"

namespace views {

using QtCharts::QAbstractAxis;
using QtCharts::QLineSeries;
using QtCharts::QLogValueAxis;
using QtCharts::QScatterSeries;
using QtCharts::QValueAxis;

namespace {

constexpr double kTradeoffMarker = 11;
constexpr double kTradeoffReach = 12;  ///< pixels within which a click finds a point

/// 0 to 100 %, with some margin beyond both ends.
void setShareRange(QValueAxis* axis, double low, double high) {
    axis->setTickType(QValueAxis::TicksDynamic);
    axis->setTickInterval(20);
    axis->setTickAnchor(0);
    axis->setRange(low, high);
    axis->setLabelFormat("%.0f");
}

}  // namespace

TradeoffPlot::TradeoffPlot(QWidget* parent) : PlotView(QStringLiteral("trade-offs"), parent) {
    setAccessibleName(tr("Trade-offs; the table below holds the same numbers"));
}

void TradeoffPlot::setPoints(TradeoffPoints points, Axis x, Axis y) {
    m_points = std::move(points);
    m_x = x;
    m_y = y;
    rebuild();
}

void TradeoffPlot::setSelectedRow(int row) {
    m_selectedRow = row;
    viewport()->update();
}

void TradeoffPlot::applyColors() {
    rebuild();
}

TradeoffPlot::Range TradeoffPlot::rangeOf(bool isX) const {
    const Unit unit = info(isX ? m_x.metric : m_y.metric).unit;
    double low = 1e300, high = -1e300;
    for (const TradeoffPoint& point : m_points.points) {
        const double value = isX ? point.x : point.y;
        const auto& band = isX ? point.bandX : point.bandY;
        low = std::min({low, value, band ? band->low : value});
        high = std::max({high, value, band ? band->high : value});
    }
    if (low > high) low = 0, high = 1;
    // A share is shown on its complete scale, with a margin for markers at its ends.
    if (unit == Unit::Share) return {-0.04, 1.04, axisScale(unit, 1).divisor, low};
    const double margin = std::max((high - low) * 0.08, std::abs(high) * 0.02);
    // An axis that starts near zero starts at zero, so that lengths can be compared.
    const double start = low - margin < (high - low) * 0.6 && low >= 0 ? 0 : low - margin;
    return {start, high + margin, axisScale(unit, high).divisor, low};
}

QValueAxis* TradeoffPlot::makePlainAxis(Unit unit, const Range& range) const {
    auto* axis = new QValueAxis;
    const double low = range.low / range.divisor, high = range.high / range.divisor;
    if (unit == Unit::Share)
        setShareRange(axis, low, high);
    else
        setRoundRange(axis, low, high);
    return axis;
}

/// Whole decades, since a logarithmic axis of Qt Charts labels nothing else.
QLogValueAxis* TradeoffPlot::makeLogAxis(const Range& range) const {
    auto* axis = new QLogValueAxis;
    const double high = range.high / range.divisor;
    const double low = range.smallest > 0 ? range.smallest / range.divisor : high / 1000;
    axis->setBase(10);
    axis->setLabelFormat("%g");
    axis->setMinorTickCount(8);
    axis->setRange(std::pow(10, std::floor(std::log10(low))),
                   std::pow(10, std::ceil(std::log10(high))));
    const QColor ground = palette().color(QPalette::Window);
    axis->setMinorGridLinePen(QPen(mixed(ground, lineColor(palette()), 0.5), 1));
    return axis;
}

/// Adds the axis to the chart and sets `range` to the displayed range.
QAbstractAxis* TradeoffPlot::addAxis(const Axis& choice, Range& range, Qt::Alignment side) {
    const MetricInfo& known = info(choice.metric);
    QAbstractAxis* axis = nullptr;
    if (choice.logarithmic) {
        QLogValueAxis* made = makeLogAxis(range);
        range.low = made->min() * range.divisor;
        range.high = made->max() * range.divisor;
        axis = made;
    } else {
        QValueAxis* made = makePlainAxis(known.unit, range);
        range.low = made->min() * range.divisor;
        range.high = made->max() * range.divisor;
        axis = made;
    }
    const QString unit = axisScale(known.unit, range.divisor).name;
    axis->setTitleText(unit.isEmpty() ? known.name : known.name + ", " + unit);
    styleAxis(axis);
    chart()->addAxis(axis, side);
    return axis;
}

void TradeoffPlot::rebuild() {
    chart()->removeAllSeries();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_rangeX = rangeOf(true);
    m_rangeY = rangeOf(false);
    QAbstractAxis* xAxis = addAxis(m_x, m_rangeX, Qt::AlignBottom);
    QAbstractAxis* yAxis = addAxis(m_y, m_rangeY, Qt::AlignLeft);
    for (QtCharts::QXYSeries* series : makeSeries()) {
        chart()->addSeries(series);
        series->attachAxis(xAxis);
        series->attachAxis(yAxis);
    }
    viewport()->update();
}

/// The front, the exact points, the predicted points.
std::vector<QtCharts::QXYSeries*> TradeoffPlot::makeSeries() const {
    const QColor ground = palette().color(QPalette::Window), accent = accentColor(palette());
    auto* front = new QLineSeries;
    front->setPen(QPen(mixed(ground, accent, 0.7), 1.5));
    auto* exact = new QScatterSeries;
    auto* predicted = new QScatterSeries;
    for (QScatterSeries* series : {exact, predicted}) {
        series->setMarkerSize(kTradeoffMarker);
        series->setBorderColor(accent);
    }
    exact->setColor(accent);
    predicted->setColor(ground);
    const auto scaled = [this](const TradeoffPoint& point) {
        return QPointF(point.x / m_rangeX.divisor, point.y / m_rangeY.divisor);
    };
    for (int i : m_points.front)
        front->append(scaled(m_points.points[static_cast<size_t>(i)]));
    for (const TradeoffPoint& point : m_points.points)
        (point.isPredicted ? predicted : exact)->append(scaled(point));
    return {front, exact, predicted};
}

QPointF TradeoffPlot::positionOf(double x, double y) const {
    const auto share = [](const Axis& axis, const Range& range, double value) {
        if (!axis.logarithmic) return (value - range.low) / (range.high - range.low);
        return std::log(std::max(value, range.low) / range.low) / std::log(range.high / range.low);
    };
    const QRectF area = plotArea();
    return {area.left() + area.width() * share(m_x, m_rangeX, x),
            area.bottom() - area.height() * share(m_y, m_rangeY, y)};
}

const TradeoffPoint* TradeoffPlot::pointAt(const QPoint& position) const {
    const TradeoffPoint* nearest = nullptr;
    double best = kTradeoffReach;
    for (const TradeoffPoint& point : m_points.points) {
        const double distance = QLineF(positionOf(point.x, point.y), position).length();
        if (distance > best) continue;
        best = distance;
        nearest = &point;
    }
    return nearest;
}

void TradeoffPlot::paintBehind(QPainter& painter) {
    const QRectF area = plotArea();
    const QColor shade = mixed(palette().color(QPalette::Window), warningColor(palette()), 0.12);
    const bool right = m_points.limitX && *m_points.limitX < m_rangeX.high;
    const bool above = m_points.limitY && *m_points.limitY < m_rangeY.high;
    if (right) {
        const double x = std::max(area.left(), positionOf(*m_points.limitX, m_rangeY.low).x());
        painter.fillRect(QRectF(QPointF(x, area.top()), area.bottomRight()), shade);
    }
    if (above) {
        const double y = std::min(area.bottom(), positionOf(m_rangeX.low, *m_points.limitY).y());
        painter.fillRect(QRectF(area.topLeft(), QPointF(area.right(), y)), shade);
    }
    const QRectF words = area.adjusted(6, 2, -6, -2);
    painter.setPen(warningColor(palette()));
    if (right)
        painter.drawText(words, Qt::AlignRight | Qt::AlignBottom,
                         tr("%1: too much for the board").arg(info(m_x.metric).name));
    if (above)
        painter.drawText(words, Qt::AlignLeft | Qt::AlignTop,
                         tr("%1: too much for the board").arg(info(m_y.metric).name));
}

/// From the marker's rim outwards.
std::vector<QLineF> TradeoffPlot::bandsOf(const TradeoffPoint& point) const {
    std::vector<QLineF> bands;
    const QPointF centre = positionOf(point.x, point.y);
    const double gap = kTradeoffMarker / 2;
    const auto add = [&](QPointF to) {
        QLineF line(centre, to);
        if (line.length() <= gap) return;
        line.setP1(centre + (to - centre) * (gap / line.length()));
        bands.push_back(line);
    };
    if (point.bandX)
        for (double end : {point.bandX->low, point.bandX->high})
            add(positionOf(end, point.y));
    if (point.bandY)
        for (double end : {point.bandY->low, point.bandY->high})
            add(positionOf(point.x, end));
    return bands;
}

/// The shown variation's label is placed first.
void TradeoffPlot::paintLabels(QPainter& painter) const {
    std::vector<const TradeoffPoint*> points;
    for (const TradeoffPoint& point : m_points.points)
        points.insert(point.isCurrent ? points.begin() : points.end(), &point);
    const QFontMetricsF metrics(painter.font());
    std::vector<NamedPoint> named;
    for (const TradeoffPoint* point : points)
        named.push_back({positionOf(point->x, point->y),
                         QSizeF(metrics.horizontalAdvance(point->label), metrics.height()),
                         bandsOf(*point)});
    // The area above the plot is free for names of points at its upper edge.
    const auto places =
        placeLabels(named, plotArea().adjusted(0, -kTradeoffMarker, 0, 0), kTradeoffMarker);
    painter.setPen(palette().color(QPalette::WindowText));
    for (size_t i = 0; i < points.size(); ++i)
        if (places[i])
            painter.drawText(*places[i], Qt::AlignCenter | Qt::TextDontClip, points[i]->label);
}

void TradeoffPlot::paintOver(QPainter& painter) {
    painter.setPen(
        QPen(mixed(palette().color(QPalette::Window), accentColor(palette()), 0.6), 1.2));
    for (const TradeoffPoint& point : m_points.points)
        for (const QLineF& band : bandsOf(point))
            painter.drawLine(band);
    painter.setBrush(Qt::NoBrush);
    for (const TradeoffPoint& point : m_points.points) {
        if (!point.isCurrent && point.row != m_selectedRow) continue;
        const QColor ink = palette().color(QPalette::WindowText);
        painter.setPen(
            QPen(ink, point.isCurrent ? 2 : 1, point.isCurrent ? Qt::SolidLine : Qt::DotLine));
        painter.drawEllipse(positionOf(point.x, point.y), kTradeoffMarker, kTradeoffMarker);
    }
    paintLabels(painter);
}

void TradeoffPlot::mousePressEvent(QMouseEvent* event) {
    const TradeoffPoint* point = pointAt(event->pos());
    if (event->button() == Qt::LeftButton && point) emit rowClicked(point->row);
}

void TradeoffPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    const TradeoffPoint* point = pointAt(event->pos());
    if (event->button() == Qt::LeftButton && point) emit rowOpened(point->row);
}

void TradeoffPlot::mouseMoveEvent(QMouseEvent* event) {
    if (const TradeoffPoint* point = pointAt(event->pos()))
        QToolTip::showText(event->globalPos(), point->toolTip, this);
    else
        QToolTip::hideText();
}

}  // namespace views

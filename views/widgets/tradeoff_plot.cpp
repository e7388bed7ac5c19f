// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/tradeoff_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QLineSeries>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QScatterSeries>
#include <algorithm>
#include <cmath>

#include "views/colors.h"

namespace views {

using QtCharts::QAbstractAxis;
using QtCharts::QLineSeries;
using QtCharts::QLogValueAxis;
using QtCharts::QScatterSeries;
using QtCharts::QValueAxis;

namespace {

constexpr double kMarker = 11;
constexpr double kReach = 12;  ///< pixels within which a click finds a point

/// 0 to 100 %, with some room beyond both ends.
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
    const Unit unit = info(isX ? m_x.quantity : m_y.quantity).unit;
    double low = 1e300, high = -1e300;
    for (const TradeoffPoint& point : m_points.points) {
        const double value = isX ? point.x : point.y;
        const auto& band = isX ? point.bandX : point.bandY;
        low = std::min({low, value, band ? band->low : value});
        high = std::max({high, value, band ? band->high : value});
    }
    if (low > high) low = 0, high = 1;
    // A share is shown on its whole scale, with room for the marks at its end.
    if (unit == Unit::Share) return {-0.04, 1.04, axisScale(unit, 1).divisor};
    const double margin = std::max((high - low) * 0.08, std::abs(high) * 0.02);
    // An axis that starts near zero starts at zero: lengths can be compared then.
    const double start = low - margin < (high - low) * 0.6 && low >= 0 ? 0 : low - margin;
    return {start, high + margin, axisScale(unit, high).divisor};
}

QAbstractAxis* TradeoffPlot::makeAxis(const Axis& axis, Range& range) const {
    const QuantityInfo& known = info(axis.quantity);
    const AxisScale scale = axisScale(known.unit, range.high);
    const QString title = scale.name.isEmpty() ? known.name : known.name + ", " + scale.name;
    const double low = range.low / range.divisor, high = range.high / range.divisor;
    QAbstractAxis* made = nullptr;
    if (axis.logarithmic) {
        auto* log = new QLogValueAxis;
        log->setBase(10);
        log->setLabelFormat("%g");
        log->setMinorTickCount(8);
        const double bottom = low > 0 ? low : high / 1000;
        log->setRange(std::pow(10, std::floor(std::log10(bottom))),
                      std::pow(10, std::ceil(std::log10(high))));
        range.low = log->min() * range.divisor;
        range.high = log->max() * range.divisor;
        made = log;
    } else {
        auto* plain = new QValueAxis;
        if (known.unit == Unit::Share)
            setShareRange(plain, low, high);
        else
            setRoundRange(plain, low, high);
        range.low = plain->min() * range.divisor;
        range.high = plain->max() * range.divisor;
        made = plain;
    }
    made->setTitleText(title);
    styleAxis(made);
    return made;
}

void TradeoffPlot::rebuild() {
    chart()->removeAllSeries();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_rangeX = rangeOf(true);
    m_rangeY = rangeOf(false);
    QAbstractAxis* xAxis = makeAxis(m_x, m_rangeX);
    QAbstractAxis* yAxis = makeAxis(m_y, m_rangeY);
    chart()->addAxis(xAxis, Qt::AlignBottom);
    chart()->addAxis(yAxis, Qt::AlignLeft);

    const QColor accent = accentColor(palette());
    auto* front = new QLineSeries;
    front->setPen(QPen(mixed(palette().color(QPalette::Window), accent, 0.7), 1.5));
    auto* exact = new QScatterSeries;
    auto* predicted = new QScatterSeries;
    for (QScatterSeries* series : {exact, predicted}) {
        series->setMarkerSize(kMarker);
        series->setBorderColor(accent);
    }
    exact->setColor(accent);
    predicted->setColor(palette().color(QPalette::Window));
    const auto scaled = [this](const TradeoffPoint& point) {
        return QPointF(point.x / m_rangeX.divisor, point.y / m_rangeY.divisor);
    };
    for (int i : m_points.front)
        front->append(scaled(m_points.points[static_cast<size_t>(i)]));
    for (const TradeoffPoint& point : m_points.points)
        (point.isPredicted() ? predicted : exact)->append(scaled(point));
    for (QtCharts::QXYSeries* series :
         std::initializer_list<QtCharts::QXYSeries*>{front, exact, predicted}) {
        chart()->addSeries(series);
        series->attachAxis(xAxis);
        series->attachAxis(yAxis);
    }
    viewport()->update();
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
    double best = kReach;
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
    painter.setPen(warningColor(palette()));
    if (m_points.limitX && *m_points.limitX < m_rangeX.high) {
        const double x = std::max(area.left(), positionOf(*m_points.limitX, m_rangeY.low).x());
        painter.fillRect(QRectF(QPointF(x, area.top()), area.bottomRight()), shade);
        painter.drawText(QRectF(x, area.top(), area.right() - x - 4, 20),
                         Qt::AlignRight | Qt::AlignVCenter, tr("does not fit"));
    }
    if (m_points.limitY && *m_points.limitY < m_rangeY.high) {
        const double y = std::min(area.bottom(), positionOf(m_rangeX.low, *m_points.limitY).y());
        painter.fillRect(QRectF(area.topLeft(), QPointF(area.right(), y)), shade);
        painter.drawText(QRectF(area.left() + 6, area.top(), area.width(), 20),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("does not fit"));
    }
}

void TradeoffPlot::paintBands(QPainter& painter, const TradeoffPoint& point) const {
    painter.setPen(
        QPen(mixed(palette().color(QPalette::Window), accentColor(palette()), 0.6), 1.2));
    const QPointF centre = positionOf(point.x, point.y);
    const double gap = kMarker / 2;
    const auto stroke = [&](QPointF to) {
        QLineF line(centre, to);
        if (line.length() <= gap) return;
        line.setP1(centre + (to - centre) * (gap / line.length()));
        painter.drawLine(line);
    };
    if (point.bandX)
        for (double end : {point.bandX->low, point.bandX->high})
            stroke(positionOf(end, point.y));
    if (point.bandY)
        for (double end : {point.bandY->low, point.bandY->high})
            stroke(positionOf(point.x, end));
}

QRectF TradeoffPlot::labelRect(const TradeoffPoint& point, const QFontMetricsF& metrics) const {
    const QSizeF size(metrics.horizontalAdvance(point.label), metrics.height());
    QRectF rect(positionOf(point.x, point.y) + QPointF(kMarker, -kMarker - size.height()), size);
    if (rect.right() > plotArea().right()) rect.translate(-size.width() - 2 * kMarker, 0);
    return rect;
}

/// The shown variation first; a label that would lie over another is left to the tool tip.
void TradeoffPlot::paintLabels(QPainter& painter) const {
    std::vector<const TradeoffPoint*> points;
    for (const TradeoffPoint& point : m_points.points)
        points.insert(point.isCurrent ? points.begin() : points.end(), &point);
    painter.setPen(palette().color(QPalette::WindowText));
    std::vector<QRectF> taken;
    for (const TradeoffPoint* point : points) {
        const QRectF rect = labelRect(*point, QFontMetricsF(painter.font()));
        const bool isFree = std::none_of(taken.begin(), taken.end(), [&](const QRectF& other) {
            return other.intersects(rect);
        });
        if (!isFree) continue;
        taken.push_back(rect);
        painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, point->label);
    }
}

void TradeoffPlot::paintOver(QPainter& painter) {
    for (const TradeoffPoint& point : m_points.points)
        paintBands(painter, point);
    painter.setBrush(Qt::NoBrush);
    for (const TradeoffPoint& point : m_points.points) {
        if (!point.isCurrent && point.row != m_selectedRow) continue;
        const QColor ink = palette().color(QPalette::WindowText);
        painter.setPen(
            QPen(ink, point.isCurrent ? 2 : 1, point.isCurrent ? Qt::SolidLine : Qt::DotLine));
        painter.drawEllipse(positionOf(point.x, point.y), kMarker, kMarker);
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

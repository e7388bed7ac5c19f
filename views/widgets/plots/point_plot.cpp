// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/point_plot.h"

#include <QMouseEvent>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>

#include "views/colors.h"
#include "views/widgets/plots/scale_painting.h"

namespace views {

namespace {

constexpr double kMarker = 4.5;  ///< half its width
constexpr double kReach = 10;    ///< pixels within which the mouse finds a point
constexpr double kGap = 8;
constexpr double kWidestName = 260;  ///< largest width of a series' name in the legend
constexpr int kLegendLines = 4;
constexpr double kWidestRows = 0.42;  ///< largest share of the width for row names
constexpr size_t kCrowd = 8;          ///< points per row from which on they are spread
constexpr double kWidestSpread = 60;
constexpr int kLineSteps = 64;  ///< segments of a straight line on a logarithmic axis

/// In the order of best distinction.
constexpr std::array<OpClass, 7> kOrder = {
    OpClass::Convolution, OpClass::Activation, OpClass::Pooling, OpClass::FullyConnected,
    OpClass::ElementWise, OpClass::Depthwise,  OpClass::Other};

QString axisTitle(const types::StudyAxis& axis) {
    const QString name = QString::fromStdString(axis.name);
    return axis.unit.empty() ? name : name + ", " + QString::fromStdString(axis.unit);
}

QString valueText(const types::StudyAxis& axis, double value) {
    return QStringLiteral("%1: %2 %3")
        .arg(QString::fromStdString(axis.name), figureText(value),
             QString::fromStdString(axis.unit));
}

}  // namespace

PointPlot::PointPlot(const QString& name, QWidget* parent) : PlotView(name, parent) {
    setAccessibleName(tr("Chart of points; the table holds the same numbers"));
    setMinimumHeight(180);
}

void PointPlot::setChart(types::StudyChart chart, std::vector<QColor> colors) {
    m_chart = std::move(chart);
    m_colors = std::move(colors);
    m_x = rangeOf(true);
    m_y = rangeOf(false);
    viewport()->update();
}

void PointPlot::applyColors() {
    viewport()->update();
}

QColor PointPlot::colorOf(int series) const {
    if (series < 0) return mutedColor(palette());
    const auto index = static_cast<size_t>(series);
    return index < m_colors.size() ? m_colors[index] : opClassColor(kOrder[index % kOrder.size()]);
}

AxisRange PointPlot::rangeOf(bool isX) const {
    const types::StudyAxis& axis = isX ? m_chart.x : m_chart.y;
    double low = 1e300, high = -1e300;
    for (const types::StudySeries& series : m_chart.series)
        for (const types::StudyPoint& point : series.points) {
            const double value = isX ? point.x : point.y;
            if (axis.logarithmic && value <= 0) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    if (low > high) low = 1, high = 10;
    return roundRange(low, high, axis.logarithmic);
}

QPointF PointPlot::positionOf(double x, double y) const {
    const double across = m_area.left() + m_area.width() * m_x.shareOf(x);
    if (!hasRows()) return {across, m_area.bottom() - m_area.height() * m_y.shareOf(y)};
    const double row = m_area.height() / static_cast<double>(m_chart.y.categories.size());
    return {across, m_area.top() + (y + 0.5) * row};
}

QPointF PointPlot::placeOf(const types::StudySeries& series, size_t index) const {
    const types::StudyPoint& point = series.points[index];
    QPointF place = positionOf(point.x, point.y);
    if (!hasRows() || series.points.size() < kCrowd * m_chart.y.categories.size()) return place;
    const double row = m_area.height() / static_cast<double>(m_chart.y.categories.size());
    const double golden = std::fmod(static_cast<double>(index) * 0.6180339887, 1.0);
    place.ry() += (golden - 0.5) * std::min(0.5 * row, kWidestSpread);
    return place;
}

PointPlot::Hit PointPlot::hitAt(const QPoint& position) const {
    Hit hit;
    double best = kReach;
    for (size_t s = 0; s < m_chart.series.size(); ++s)
        for (size_t p = 0; p < m_chart.series[s].points.size(); ++p) {
            const double distance = QLineF(placeOf(m_chart.series[s], p), position).length();
            if (distance > best) continue;
            best = distance;
            hit = {static_cast<int>(s), static_cast<int>(p)};
        }
    return hit;
}

double PointPlot::roomForRows(double width) const {
    const QFontMetricsF metrics(font());
    double widest = metrics.horizontalAdvance("0,000 M");
    for (const std::string& name : m_chart.y.categories)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
    return std::min(std::ceil(widest) + 2, width * kWidestRows) + kGap;
}

/// Places the names line by line; returns the height they take.
double PointPlot::layOutLegend(double width) {
    m_legend.clear();
    m_legendLeftOut = 0;
    const QFontMetricsF metrics(font());
    double x = 0;
    int line = 0;
    for (size_t i = 0; i < m_chart.series.size(); ++i) {
        const QString name = QString::fromStdString(m_chart.series[i].name);
        const QString text = metrics.elidedText(name, Qt::ElideMiddle, kWidestName);
        const double needed = 2 * kMarker + kGap + metrics.horizontalAdvance(text) + 2 * kGap;
        if (x > 0 && x + needed > width) {
            x = 0;
            ++line;
        }
        if (line >= kLegendLines) {
            m_legendLeftOut = static_cast<int>(m_chart.series.size() - i);
            break;
        }
        m_legend.push_back(
            {static_cast<int>(i), QPointF(x + kMarker, (line + 0.5) * metrics.height()), text});
        x += needed;
    }
    const int lines = std::min(line + 1, kLegendLines) + (m_legendLeftOut > 0 ? 1 : 0);
    return lines * metrics.height() + kGap;
}

void PointPlot::layOut(const QSizeF& size) {
    const QFontMetricsF metrics(font());
    const double top = layOutLegend(size.width());
    const double left = roomForRows(size.width()) + (hasRows() ? 0 : metrics.height());
    const double bottom = 2 * metrics.height() + kGap;
    m_area = QRectF(left, top, std::max(1.0, size.width() - left - 3 * kGap),
                    std::max(1.0, size.height() - top - bottom));
}

void PointPlot::paintOver(QPainter& painter) {
    if (m_chart.series.empty()) return;
    painter.setFont(font());
    layOut(viewport()->size());
    paintLegend(painter);
    paintAxis(painter, true);
    if (hasRows())
        paintRows(painter);
    else
        paintAxis(painter, false);
    painter.save();
    painter.setClipRect(m_area.adjusted(-kGap, -kGap, kGap, kGap));
    for (const types::StudyLine& line : m_chart.lines)
        paintLine(painter, line);
    for (const types::StudySeries& series : m_chart.series)
        for (const types::StudyPoint& point : series.points)
            paintBand(painter, point);
    for (size_t s = 0; s < m_chart.series.size(); ++s)
        for (size_t p = 0; p < m_chart.series[s].points.size(); ++p)
            paintMarker(painter, static_cast<int>(s), placeOf(m_chart.series[s], p));
    painter.restore();
}

void PointPlot::paintLegend(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    for (const LegendEntry& entry : m_legend) {
        paintMarker(painter, entry.series, entry.position);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QPointF(entry.position.x() + kMarker + kGap,
                                 entry.position.y() + metrics.ascent() / 2 - 1),
                         entry.text);
    }
    if (m_legendLeftOut == 0) return;
    painter.setPen(mutedColor(palette()));
    painter.drawText(QPointF(0, (kLegendLines + 0.5) * metrics.height() + metrics.ascent() / 2),
                     tr("and %1 more").arg(m_legendLeftOut));
}

void PointPlot::paintAxis(QPainter& painter, bool isX) const {
    const AxisRange& range = isX ? m_x : m_y;
    paintScale(painter, m_area, range, axisTicks(range), axisTitle(isX ? m_chart.x : m_chart.y),
               isX ? Qt::Horizontal : Qt::Vertical, palette());
}

/// In two lines where it is long and the row is high enough.
void PointPlot::paintRowName(QPainter& painter, const QString& name, double y, double row) const {
    const QFontMetricsF metrics(font());
    const double width = m_area.left() - kGap;
    const bool wraps = metrics.horizontalAdvance(name) > width && row >= 2 * metrics.height();
    const double height = (wraps ? 2 : 1) * metrics.height() + 1;
    painter.drawText(QRectF(0, y - height / 2, width, height),
                     Qt::AlignRight | Qt::AlignVCenter | (wraps ? Qt::TextWordWrap : 0),
                     metrics.elidedText(name, Qt::ElideMiddle, wraps ? 1.9 * width : width));
}

void PointPlot::paintRows(QPainter& painter) const {
    const auto& names = m_chart.y.categories;
    const QFontMetricsF metrics(font());
    const double row = m_area.height() / static_cast<double>(names.size());
    double free = 0;  // end of the last name: in a crowd some are left out
    for (size_t i = 0; i < names.size(); ++i) {
        const double y = positionOf(m_x.low, static_cast<double>(i)).y();
        painter.setPen(QPen(lineColor(palette()), 1));
        painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
        if (y - metrics.height() / 2 < free) continue;
        free = y + metrics.height() / 2 - 2;
        painter.setPen(palette().color(QPalette::WindowText));
        paintRowName(painter, QString::fromStdString(names[i]), y, row);
    }
    if (m_x.logarithmic || m_x.low >= 0 || m_x.high <= 0) return;
    painter.setPen(QPen(mutedColor(palette()), 1.5));
    const double zero = positionOf(0, 0).x();
    painter.drawLine(QPointF(zero, m_area.top()), QPointF(zero, m_area.bottom()));
}

void PointPlot::paintLine(QPainter& painter, const types::StudyLine& line) const {
    QPainterPath path;
    for (int i = 0; i <= kLineSteps; ++i) {
        const double share = static_cast<double>(i) / kLineSteps;
        const double x = m_x.logarithmic ? line.fromX * std::pow(line.toX / line.fromX, share)
                                         : line.fromX + (line.toX - line.fromX) * share;
        const QPointF at = positionOf(x, line.slope * x + line.intercept);
        i == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colorOf(line.series), 1.5, line.series < 0 ? Qt::DashLine : Qt::SolidLine));
    painter.drawPath(path);
}

void PointPlot::paintBand(QPainter& painter, const types::StudyPoint& point) const {
    if (!point.band) return;
    painter.setPen(QPen(mixed(palette().color(QPalette::Window), mutedColor(palette()), 0.5), 1));
    // A band may reach down to 0, which a logarithmic axis does not have.
    const AxisRange& axis = hasRows() ? m_x : m_y;
    const double low = std::clamp(point.band->low, axis.low, axis.high);
    const double high = std::clamp(point.band->high, axis.low, axis.high);
    if (hasRows())
        painter.drawLine(positionOf(low, point.y), positionOf(high, point.y));
    else
        painter.drawLine(positionOf(point.x, low), positionOf(point.x, high));
}

/// Series beyond the number of colours have squares.
void PointPlot::paintMarker(QPainter& painter, int series, const QPointF& at) const {
    const QColor color = colorOf(series);
    const bool isMeasured = m_chart.series[static_cast<size_t>(series)].measured;
    painter.setPen(
        QPen(isMeasured ? palette().color(QPalette::Window) : color, isMeasured ? 0.6 : 1.6));
    painter.setBrush(isMeasured ? QBrush(color) : QBrush(Qt::NoBrush));
    const bool isSquare = m_colors.empty() && series >= static_cast<int>(kOrder.size());
    if (isSquare)
        painter.drawRect(QRectF(at.x() - kMarker, at.y() - kMarker, 2 * kMarker, 2 * kMarker));
    else
        painter.drawEllipse(at, kMarker, kMarker);
}

void PointPlot::mouseMoveEvent(QMouseEvent* event) {
    const Hit hit = hitAt(event->pos());
    if (hit.series < 0) return QToolTip::hideText();
    const types::StudySeries& series = m_chart.series[static_cast<size_t>(hit.series)];
    const types::StudyPoint& point = series.points[static_cast<size_t>(hit.point)];
    QStringList lines{QString::fromStdString(point.label), valueText(m_chart.x, point.x)};
    if (hasRows())
        lines << QString::fromStdString(m_chart.y.categories[static_cast<size_t>(point.y)]);
    else
        lines << valueText(m_chart.y, point.y);
    // A chart of operators in their own colours has both on its axes.
    if (m_colors.empty()) lines << (series.measured ? tr("measured") : tr("predicted"));
    QToolTip::showText(event->globalPos(), lines.join('\n'), this);
}

}  // namespace views

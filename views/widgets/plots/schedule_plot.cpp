// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/schedule_plot.h"

#include <QMouseEvent>
#include <algorithm>

#include "views/colors.h"
#include "views/models/axis_ticks.h"
#include "views/number_format.h"

namespace views {
namespace {

constexpr double kScheduleLegend = 19;
constexpr double kPlotLeft = 64, kPlotRight = 16, kPlotTop = 42, kPlotBottom = 40;
constexpr double kPointRadius = 5, kPointReach = 12;

}  // namespace

SchedulePlot::SchedulePlot(QWidget* parent) : CanvasPlot(QStringLiteral("schedules"), parent) {
    setAccessibleName(tr("Schedules: arena against time or MACs; the knob Schedule chooses a row"));
}

void SchedulePlot::setMessage(const QString& text) {
    m_figures = {};
    m_message = text;
    update();
}

void SchedulePlot::setFigures(ScheduleFigures figures) {
    m_message = figures.problem;
    m_figures = std::move(figures);
    update();
}

void SchedulePlot::setChosen(int number) {
    m_chosen = number;
    update();
}

double SchedulePlot::costOf(const types::ScheduleRow& row) const {
    return isTimed() ? row.timeUs.value_or(0) : static_cast<double>(row.macs);
}

QRectF SchedulePlot::area() const {
    return {kPlotLeft, kPlotTop, std::max(1.0, width() - kPlotLeft - kPlotRight),
            std::max(1.0, height() - kPlotTop - kPlotBottom)};
}

std::vector<SchedulePlot::Point> SchedulePlot::points() const {
    std::vector<const types::ScheduleRow*> rows{&m_figures.whole};
    for (const types::ScheduleRow& row : m_figures.rows)
        rows.push_back(&row);
    const auto [small, large] = std::ranges::minmax(rows, {}, &types::ScheduleRow::arenaBytes);
    double least = costOf(*rows[0]), most = least;
    for (const types::ScheduleRow* row : rows) {
        least = std::min(least, costOf(*row));
        most = std::max(most, costOf(*row));
    }
    // Equal costs lie in the middle; others keep a distance from the edge.
    const double margin = std::max(0.02 * most, 0.15 * (most - least));
    const AxisRange x =
        roundRange(0.8 * double(small->arenaBytes), double(large->arenaBytes), false);
    const AxisRange y{std::max(0.0, least - margin), most + margin, false};
    std::vector<Point> points;
    const QRectF box = area();
    for (const types::ScheduleRow* row : rows)
        points.push_back({row,
                          {box.left() + box.width() * x.shareOf(double(row->arenaBytes)),
                           box.bottom() - box.height() * y.shareOf(costOf(*row))}});
    return points;
}

void SchedulePlot::paint(QPainter& painter) {
    painter.setFont(font());
    if (m_figures.rows.empty()) {
        painter.setPen(mutedColor(palette()));
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                         m_message);
        return;
    }
    paintAxes(painter, area());
    for (const Point& point : points())
        paintPoint(painter, point);
}

void SchedulePlot::paintAxes(QPainter& painter, const QRectF& box) const {
    painter.setPen(lineColor(palette()));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
    painter.drawLine(box.bottomLeft(), box.topLeft());
    painter.setPen(mutedColor(palette()));
    painter.drawText(QRectF(0, kScheduleLegend, width(), kScheduleLegend),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     isTimed() ? tr("Predicted time") : tr("MACs"));
    painter.drawText(QRectF(box.left(), height() - 18, box.width(), 18),
                     Qt::AlignRight | Qt::AlignVCenter, tr("arena"));
    const QString legend =
        tr("\u25cf input in the arena  \u25cb input by rows  \u2715 no schedule");
    painter.drawText(QRectF(0, 0, width(), kScheduleLegend), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(legend, Qt::ElideRight, width()));
    // Two points are told by their own figures: each tick is one of a point.
    painter.setPen(palette().color(QPalette::WindowText));
    double lastX = -1e9, lastY = 1e9;
    auto list = points();
    std::ranges::sort(list, {}, [](const Point& point) { return point.place.x(); });
    for (const Point& point : list) {
        const QPointF place = point.place;
        if (place.x() - lastX < 64) continue;
        lastX = place.x();
        painter.drawText(QRectF(place.x() - 36, box.bottom() + 4, 72, 18),
                         Qt::AlignHCenter | Qt::AlignTop,
                         shortText(Unit::Bytes, double(point.row->arenaBytes)));
    }
    std::ranges::sort(list, std::greater(), [](const Point& point) { return point.place.y(); });
    for (const Point& point : list) {
        if (lastY - point.place.y() < 18) continue;
        lastY = point.place.y();
        painter.drawText(
            QRectF(0, lastY - 9, kPlotLeft - 6, 18), Qt::AlignRight | Qt::AlignVCenter,
            shortText(isTimed() ? Unit::Microseconds : Unit::Count, costOf(*point.row)));
    }
}

void SchedulePlot::paintPoint(QPainter& painter, const Point& point) const {
    const QColor color = accentColor(palette());
    const bool isWhole = point.row == &m_figures.whole;
    if (isWhole) {
        painter.setPen(QPen(mutedColor(palette()), 2));
        const double r = kPointRadius - 1;
        painter.drawLine(point.place + QPointF(-r, -r), point.place + QPointF(r, r));
        painter.drawLine(point.place + QPointF(-r, r), point.place + QPointF(r, -r));
    } else {
        painter.setPen(QPen(color, 2));
        painter.setBrush(point.row->isFed ? QBrush(palette().color(QPalette::Window))
                                          : QBrush(color));
        painter.drawEllipse(point.place, kPointRadius, kPointRadius);
    }
    painter.setBrush(Qt::NoBrush);
    if (m_chosen == 0 || point.row->number != m_chosen || isWhole) return;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.drawEllipse(point.place, kPointRadius + 4, kPointRadius + 4);
}

const types::ScheduleRow* SchedulePlot::rowAt(const QPointF& position) const {
    if (m_figures.rows.empty()) return nullptr;
    const types::ScheduleRow* nearest = nullptr;
    double least = kPointReach;
    for (const Point& point : points()) {
        const QPointF way = point.place - position;
        const double distance = std::max(std::abs(way.x()), std::abs(way.y()));
        // A row that runs each operator as a whole lies over the cross: the row is the later one.
        if (distance > least) continue;
        least = distance;
        nearest = point.row;
    }
    return nearest;
}

QString SchedulePlot::tipAt(const QPoint& position) {
    const types::ScheduleRow* row = rowAt(position);
    if (row == nullptr) return {};
    QStringList lines;
    lines << (row->number > 0 ? tr("schedule %1").arg(row->number) : tr("no schedule"));
    lines << tr("arena %1").arg(exactText(Unit::Bytes, double(row->arenaBytes)));
    lines << tr("%1 MACs").arg(grouped(row->macs));
    if (row->timeUs) lines << tr("%1 predicted").arg(exactText(Unit::Microseconds, *row->timeUs));
    lines << (row->isFed ? tr("input by rows, from the caller") : tr("input in the arena"));
    if (row->number > 0) lines << QString::fromStdString(row->text);
    return lines.join('\n');
}

void SchedulePlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (const types::ScheduleRow* row = rowAt(event->localPos())) emit rowClicked(row->number);
}

}  // namespace views

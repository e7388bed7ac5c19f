// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/tradeoff_plot.h"

#include <QMenu>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

namespace views {
namespace {

constexpr double kTradeoffReach = 12;  ///< pixels within which a click finds a point
constexpr int kLeastBrush = 4;         ///< pixels; less is a click

}  // namespace

TradeoffPlot::TradeoffPlot(PointLens& lens, QWidget* parent)
    : CanvasPlot(QStringLiteral("trade-offs"), parent), m_lens(lens) {
    setAccessibleName(tr("Trade-offs; the table holds the same numbers"));
    connect(&lens, &PointLens::changed, this, &TradeoffPlot::refresh);
    connect(&lens, &PointLens::axesChanged, this, &TradeoffPlot::refresh);
}

void TradeoffPlot::setPicked(int shown, int picked) {
    m_shown = shown;
    m_picked = picked;
    update();
}

void TradeoffPlot::setBoardLimits(const std::optional<double>& x, const std::optional<double>& y) {
    m_boardX = x;
    m_boardY = y;
    update();
}

void TradeoffPlot::setSuggestions(std::vector<Suggestion> suggestions) {
    m_suggestions = std::move(suggestions);
    update();
}

TradeoffPlot::Side TradeoffPlot::side(bool isX) const {
    const AxisSetting& setting = isX ? m_lens.x() : m_lens.y();
    return {isX ? m_x : m_y, setting, m_lens.store().column(setting.column),
            m_lens.limit(setting.column), isX ? m_boardX : m_boardY};
}

void TradeoffPlot::refresh() {
    m_isStale = true;
    m_hovered = -1;
    update();
}

void TradeoffPlot::prepare() {
    if (!m_isStale && !m_cloud.isNull()) return;
    m_isStale = false;
    const bool withBands = showsBands();
    m_x = pointAxis(m_lens, m_lens.x(), withBands);
    m_y = pointAxis(m_lens, m_lens.y(), withBands);
    layOut();
    placePoints();
    drawCloud();
}

void TradeoffPlot::layOut() {
    const QFontMetricsF metrics(font());
    double widest = metrics.horizontalAdvance("0.00 M");
    for (const AxisTick& tick : m_y.ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    const double left = std::min(widest, width() / 3.0) + metrics.height() + 12;
    const double bottom = 2 * metrics.height() + 10;
    m_area = QRectF(left, metrics.height(), std::max(1.0, width() - left - 3 * kHandle),
                    std::max(1.0, height() - metrics.height() - bottom));
}

QPointF TradeoffPlot::positionOf(double x, double y) const {
    return {m_area.left() + m_area.width() * m_x.shareOf(x),
            m_area.bottom() - m_area.height() * m_y.shareOf(y)};
}

void TradeoffPlot::placePoints() {
    const PointStore& store = m_lens.store();
    const auto &xs = store.values(m_lens.x().column), &ys = store.values(m_lens.y().column);
    m_places.assign(size_t(store.count()), QPointF(kMissing, kMissing));
    const QRectF seen = m_area.adjusted(-1, -1, 1, 1);
    for (int row = 0; row < store.count(); ++row) {
        if (m_lens.state(row) == PointState::Hidden) continue;
        const double x = xs[size_t(row)], y = ys[size_t(row)];
        const bool hasNoPlace =
            (m_x.range.logarithmic && x <= 0) || (m_y.range.logarithmic && y <= 0);
        const QPointF place = positionOf(x, y);
        if (!hasNoPlace && seen.contains(place)) m_places[size_t(row)] = place;
    }
    m_grid = PointGrid(m_places, size(), kTradeoffReach);
}

/// In the middle of the axis' worse end until it is dragged.
QPointF TradeoffPlot::handleAt(bool isX) const {
    const Side of = side(isX);
    const double parked = of.column.higherIsBetter ? 0 : 1;
    const double share = of.limit ? std::clamp(of.axis.shareOf(*of.limit), 0.0, 1.0) : parked;
    return isX ? QPointF(m_area.left() + share * m_area.width(), m_area.bottom())
               : QPointF(m_area.left(), m_area.bottom() - share * m_area.height());
}

bool TradeoffPlot::isAtHandle(bool isX, const QPoint& position) const {
    const QPointF apart = position - handleAt(isX);
    return std::abs(apart.x()) <= kHandle + 2 && std::abs(apart.y()) <= kHandle + 2;
}

int TradeoffPlot::rowAt(const QPoint& position) {
    prepare();
    return m_grid.nearest(m_places, position);
}

QPointF TradeoffPlot::placeOf(int row) {
    prepare();
    return m_places[size_t(row)];
}

QString TradeoffPlot::tipAt(const QPoint& position) {
    for (const bool isX : {true, false})
        if (isAtHandle(isX, position)) {
            const Side of = side(isX);
            return tr("Drag to set the worst %1 that you accept; back to the end removes it")
                .arg(of.column.name);
        }
    const int row = rowAt(position);
    if (row < 0) return {};
    QString text = pointTip(m_lens, row, {m_lens.x().column, m_lens.y().column});
    for (size_t i = 0; i < m_suggestions.size(); ++i)
        if (m_suggestions[i].row == row)
            text += '\n' + tr("Suggestion %1: %2").arg(i + 1).arg(m_suggestions[i].reason);
    return text;
}

void TradeoffPlot::addOwnActions(QMenu& menu, const QPoint&) {
    const auto spanX = m_lens.brush(m_lens.x().column), spanY = m_lens.brush(m_lens.y().column);
    const auto zoomed = [](AxisSetting axis, const std::optional<Span>& span) {
        if (span) axis.shown = span;
        return axis;
    };
    if (spanX || spanY)
        menu.addAction(tr("&Zoom to the brushed part"), this, [=, this] {
            m_lens.setPlotAxes(zoomed(m_lens.x(), spanX), zoomed(m_lens.y(), spanY));
            clearPlotBrushes();
        });
    if (m_lens.x().shown || m_lens.y().shown)
        menu.addAction(tr("Show &all values"), this, [this] {
            AxisSetting x = m_lens.x(), y = m_lens.y();
            x.shown = y.shown = std::nullopt;
            m_lens.setPlotAxes(x, y);
        });
    if (m_lens.isNarrowed())
        menu.addAction(tr("Remove &brushes and limits"), &m_lens, &PointLens::clearNarrowing);
}

void TradeoffPlot::paintEvent(QPaintEvent* event) {
    if (m_ratio != devicePixelRatioF()) m_isStale = true;
    CanvasPlot::paintEvent(event);
}

void TradeoffPlot::resizeEvent(QResizeEvent*) {
    refresh();
}

void TradeoffPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) refresh();
}

void TradeoffPlot::dragLimit(bool isX, const QPoint& position) {
    const Side of = side(isX);
    const double share = isX ? (position.x() - m_area.left()) / m_area.width()
                             : (m_area.bottom() - position.y()) / m_area.height();
    const bool isParked = of.column.higherIsBetter ? share <= 0 : share >= 1;
    const double value = of.axis.valueAt(std::clamp(share, 0.0, 1.0));
    m_lens.setLimit(of.setting.column, isParked ? std::nullopt : std::optional(value));
}

void TradeoffPlot::brushArea(const QRectF& area) {
    const auto spanOf = [](const PointAxis& axis, double low, double high) {
        return Span{axis.valueAt(std::clamp(low, 0.0, 1.0)),
                    axis.valueAt(std::clamp(high, 0.0, 1.0))};
    };
    m_lens.setBrush(m_lens.x().column, spanOf(m_x, (area.left() - m_area.left()) / m_area.width(),
                                              (area.right() - m_area.left()) / m_area.width()));
    m_lens.setBrush(m_lens.y().column,
                    spanOf(m_y, (m_area.bottom() - area.bottom()) / m_area.height(),
                           (m_area.bottom() - area.top()) / m_area.height()));
}

void TradeoffPlot::clearPlotBrushes() {
    m_lens.setBrush(m_lens.x().column, std::nullopt);
    m_lens.setBrush(m_lens.y().column, std::nullopt);
}

void TradeoffPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    prepare();
    for (const bool isX : {true, false})
        if (isAtHandle(isX, event->pos())) {
            m_drag = isX ? Drag::LimitX : Drag::LimitY;
            return;
        }
    if (const int row = rowAt(event->pos()); row >= 0) return emit rowClicked(row);
    if (!m_area.contains(event->pos())) return;
    m_drag = Drag::Brush;
    m_dragStart = m_dragEnd = event->pos();
}

void TradeoffPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_drag == Drag::LimitX || m_drag == Drag::LimitY)
        return dragLimit(m_drag == Drag::LimitX, event->pos());
    if (m_drag == Drag::Brush) {
        m_dragEnd = event->pos();
        return update();
    }
    const int row = rowAt(event->pos());
    if (row != m_hovered) update();
    m_hovered = row;
    const bool isX = isAtHandle(true, event->pos()), isY = isAtHandle(false, event->pos());
    setCursor(isX ? Qt::SizeHorCursor : isY ? Qt::SizeVerCursor : Qt::ArrowCursor);
    CanvasPlot::mouseMoveEvent(event);
}

void TradeoffPlot::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag != Drag::Brush) return;
    const QRectF area = QRectF(m_dragStart, event->pos()).normalized();
    if (area.width() > kLeastBrush && area.height() > kLeastBrush) brushArea(area);
    update();
}

void TradeoffPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int row = rowAt(event->pos());
    if (row >= 0) return emit rowOpened(row);
    clearPlotBrushes();
}

}  // namespace views

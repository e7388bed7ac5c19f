// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/parallel_plot.h"

#include <QInputDialog>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "views/models/point_filter.h"

namespace views {
namespace {

constexpr double kAxisReach = 9;  ///< pixels beside an axis that belong to it
constexpr double kEndReach = 5;   ///< pixels around the ends of a brush
constexpr double kLineReach = 6;  ///< pixels within which a click finds a line
constexpr double kMissingHeight = -1;
constexpr int kDragStart = 4;  ///< pixels; less is a click

}  // namespace

ParallelPlot::ParallelPlot(PointLens& lens, QWidget* parent)
    : CanvasPlot(QStringLiteral("parallel-coordinates"), parent), m_lens(lens) {
    setAccessibleName(tr("Parallel coordinates; the table holds the same numbers"));
    connect(&lens, &PointLens::changed, this, &ParallelPlot::refreshLit);
    connect(&lens, &PointLens::axesChanged, this, &ParallelPlot::refreshAll);
}

void ParallelPlot::setPicked(int shown, int picked) {
    m_shown = shown;
    m_picked = picked;
    update();
}

void ParallelPlot::refreshAll() {
    m_isStale = true;
    refreshLit();
}

/// The lines of all points stay where only brushes and limits changed; new points or another filter
/// change how many are shown, or the extent of an axis.
void ParallelPlot::refreshLit() {
    m_isLitStale = true;
    m_hovered = -1;
    update();
}

void ParallelPlot::prepare() {
    const auto isSame = [](const PointAxis& a, const PointAxis& b) {
        return a.range.low == b.range.low && a.range.high == b.range.high &&
               a.range.logarithmic == b.range.logarithmic && a.title() == b.title();
    };
    if (m_isLitStale) {
        std::vector<PointAxis> axes;
        for (const AxisSetting& setting : m_lens.axes())
            if (setting.column < m_lens.store().columnCount())
                axes.push_back(pointAxis(m_lens, setting));
        const bool areSame =
            std::equal(axes.begin(), axes.end(), m_axes.begin(), m_axes.end(), isSame);
        m_isStale |= !areSame || m_lens.shownRevision() != m_shownRevision;
        m_axes = std::move(axes);
    }
    if (m_isStale) {
        m_shownRevision = m_lens.shownRevision();
        m_ratio = devicePixelRatioF();
        layOut();
        placeHeights();
        m_isAllStale = m_isLitStale = true;
    }
    // Lit lines would cover all of the others where there are none but lit ones.
    if (m_isAllStale && !areAllLit()) {
        m_all = drawLines(Which::All);
        m_isAllStale = false;
    }
    if (m_isLitStale) m_lit = drawLines(Which::Lit);
    m_isStale = m_isLitStale = false;
}

void ParallelPlot::layOut() {
    const double line = QFontMetricsF(font()).height();
    const double side = std::min(70.0, width() / 8.0);
    m_area = QRectF(side, 2 * line + 8, std::max(1.0, width() - 2 * side),
                    std::max(1.0, height() - 4 * line - 14));
}

double ParallelPlot::xOf(int axis) const {
    if (axisCount() < 2) return m_area.center().x();
    return m_area.left() + m_area.width() * axis / (axisCount() - 1);
}

double ParallelPlot::heightOf(int axis, double value) const {
    const PointAxis& of = m_axes[size_t(axis)];
    if (std::isnan(value) || (of.range.logarithmic && value <= 0)) return kMissingHeight;
    const double share = std::clamp(of.shareOf(value), 0.0, 1.0);
    return m_lens.axes()[size_t(axis)].isFlipped ? 1 - share : share;
}

double ParallelPlot::yOf(double height) const {
    if (height < 0) return m_area.bottom() + QFontMetricsF(font()).height();
    return m_area.bottom() - height * m_area.height();
}

double ParallelPlot::valueAtY(int axis, double y) const {
    const double height = std::clamp((m_area.bottom() - y) / m_area.height(), 0.0, 1.0);
    const bool isFlipped = m_lens.axes()[size_t(axis)].isFlipped;
    return m_axes[size_t(axis)].valueAt(isFlipped ? 1 - height : height);
}

void ParallelPlot::placeHeights() {
    m_heights.assign(m_axes.size(), {});
    for (int axis = 0; axis < axisCount(); ++axis) {
        const auto& values = m_lens.store().values(m_lens.axes()[size_t(axis)].column);
        auto& heights = m_heights[size_t(axis)];
        heights.reserve(values.size());
        for (const double value : values)
            heights.push_back(static_cast<float>(heightOf(axis, value)));
    }
}

bool ParallelPlot::isDrawn(int row, Which which) const {
    const PointState state = m_lens.state(row);
    return which == Which::All ? state != PointState::Hidden : state == PointState::Lit;
}

QPolygonF ParallelPlot::lineOf(int row) const {
    QPolygonF line;
    for (int axis = 0; axis < axisCount(); ++axis)
        line << QPointF(xOf(axis), yOf(m_heights[size_t(axis)][size_t(row)]));
    return line;
}

QPointF ParallelPlot::placeOf(int row, int axis) {
    prepare();
    return lineOf(row).value(axis);
}

QRectF ParallelPlot::area() {
    prepare();
    return m_area;
}

int ParallelPlot::axisAt(const QPoint& position) const {
    if (position.y() < m_area.top() - kEndReach || position.y() > m_area.bottom() + kEndReach)
        return -1;
    for (int axis = 0; axis < axisCount(); ++axis)
        if (std::abs(position.x() - xOf(axis)) <= kAxisReach) return axis;
    return -1;
}

int ParallelPlot::nameAt(const QPoint& position) const {
    if (position.y() > m_area.top() - 4 || axisCount() == 0) return -1;
    int nearest = 0;
    for (int axis = 1; axis < axisCount(); ++axis)
        if (std::abs(position.x() - xOf(axis)) < std::abs(position.x() - xOf(nearest)))
            nearest = axis;
    return nearest;
}

int ParallelPlot::rowAt(const QPoint& position) {
    prepare();
    if (axisCount() < 2 || position.y() < m_area.top() - kLineReach) return -1;
    const double step = m_area.width() / (axisCount() - 1);
    const int left = std::clamp(int((position.x() - m_area.left()) / step), 0, axisCount() - 2);
    const double share = std::clamp((position.x() - xOf(left)) / step, 0.0, 1.0);
    const auto &from = m_heights[size_t(left)], &to = m_heights[size_t(left) + 1];
    int found = -1;
    double best = kLineReach;
    for (const int row : m_lens.lit()) {
        const double a = yOf(from[size_t(row)]), b = yOf(to[size_t(row)]);
        // Across the line, not straight up.
        const double slope = (b - a) / step;
        const double apart =
            std::abs(a + (b - a) * share - position.y()) / std::sqrt(1 + slope * slope);
        if (apart > best) continue;
        best = apart;
        found = row;
    }
    return found;
}

QString ParallelPlot::tipAt(const QPoint& position) {
    prepare();
    if (m_drag != Drag::None) return {};
    if (const int axis = nameAt(position); axis >= 0)
        return tr("%1: drag to move the axis, click to turn it round, right click for its scale")
            .arg(m_axes[size_t(axis)].title());
    const int row = axisAt(position) < 0 ? rowAt(position) : -1;
    if (row < 0) return {};
    std::vector<int> columns;
    for (const AxisSetting& axis : m_lens.axes())
        columns.push_back(axis.column);
    return pointTip(m_lens, row, columns);
}

void ParallelPlot::change(int axis, const std::function<void(AxisSetting&)>& edit) {
    std::vector<AxisSetting> axes = m_lens.axes();
    edit(axes[size_t(axis)]);
    m_lens.setAxes(std::move(axes));
}

void ParallelPlot::addOwnActions(QMenu& menu, const QPoint& position) {
    prepare();
    const int named = nameAt(position), axis = named >= 0 ? named : axisAt(position);
    if (axis >= 0) addAxisActions(menu, axis);
    addFurtherAxes(menu);
    if (m_lens.isNarrowed())
        menu.addAction(tr("Remove &brushes and limits"), &m_lens, &PointLens::clearNarrowing);
}

void ParallelPlot::addAxisActions(QMenu& menu, int axis) {
    const AxisSetting setting = m_lens.axes()[size_t(axis)];
    const PointColumn& column = m_lens.store().column(setting.column);
    menu.addSection(column.name);
    auto* logarithmic = menu.addAction(tr("&Logarithmic"), this, [this, axis] {
        change(axis, [](AxisSetting& to) { to.logarithmic = !to.logarithmic; });
    });
    logarithmic->setCheckable(true);
    logarithmic->setChecked(setting.logarithmic);
    logarithmic->setEnabled(column.words.isEmpty());
    menu.addAction(tr("&Turn round"), this, [this, axis] {
        change(axis, [](AxisSetting& to) { to.isFlipped = !to.isFlipped; });
    });
    menu.addAction(tr("Set &range…"), this, [this, axis] { askRange(axis); });
    if (const auto span = m_lens.brush(setting.column))
        menu.addAction(tr("&Zoom to the brush"), this, [this, axis, span] {
            change(axis, [span](AxisSetting& to) { to.shown = span; });
        });
    if (setting.shown)
        menu.addAction(tr("Show &all values"), this, [this, axis] {
            change(axis, [](AxisSetting& to) { to.shown = std::nullopt; });
        });
    QMenu* best = menu.addMenu(tr("&Best values only"));
    for (const int count : {10, 20, 50, 100})
        best->addAction(tr("Best %1").arg(count), this,
                        [this, count, setting] { m_lens.setTop(count, setting.column); });
    best->addAction(tr("All"), this, [this] { m_lens.setTop(0, -1); });
    auto* remove = menu.addAction(tr("Re&move this axis"), this, [this, axis] {
        std::vector<AxisSetting> axes = m_lens.axes();
        axes.erase(axes.begin() + axis);
        m_lens.setAxes(std::move(axes));
    });
    remove->setEnabled(axisCount() > 2);
    menu.addSeparator();
}

void ParallelPlot::addFurtherAxes(QMenu& menu) {
    QMenu* further = menu.addMenu(tr("Add an a&xis"));
    const PointStore& store = m_lens.store();
    for (int column = 0; column < store.columnCount(); ++column) {
        const bool isThere =
            std::any_of(m_lens.axes().begin(), m_lens.axes().end(),
                        [column](const AxisSetting& axis) { return axis.column == column; });
        if (isThere || !m_lens.extent(column, false)) continue;
        further->addAction(store.column(column).name, this, [this, column] {
            std::vector<AxisSetting> axes = m_lens.axes();
            axes.push_back({column, false, false, {}});
            m_lens.setAxes(std::move(axes));
        });
    }
    further->setEnabled(!further->isEmpty());
}

void ParallelPlot::askRange(int axis) {
    const PointColumn& column = m_lens.store().column(m_lens.axes()[size_t(axis)].column);
    bool isAccepted = false;
    const QString text =
        QInputDialog::getText(this, tr("Range of %1").arg(column.name),
                              tr("From and to, with units, such as \"%1 .. %2\":")
                                  .arg(column.text(m_axes[size_t(axis)].valueAt(0)),
                                       column.text(m_axes[size_t(axis)].valueAt(1))),
                              QLineEdit::Normal, {}, &isAccepted);
    const QStringList ends = text.split("..");
    if (!isAccepted || ends.size() != 2) return;
    const auto low = quantityOf(ends[0], column.unit), high = quantityOf(ends[1], column.unit);
    if (low && high && *low < *high)
        change(axis, [&](AxisSetting& to) { to.shown = Span{*low, *high}; });
}

void ParallelPlot::paintEvent(QPaintEvent* event) {
    if (m_ratio != devicePixelRatioF()) m_isStale = true;
    CanvasPlot::paintEvent(event);
}

void ParallelPlot::resizeEvent(QResizeEvent*) {
    refreshAll();
}

void ParallelPlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) refreshAll();
}

void ParallelPlot::startBrush(int axis, const QPoint& position) {
    m_dragAxis = axis;
    m_dragStart = position;
    m_drag = Drag::NewBrush;
    const auto span = m_lens.brush(m_lens.axes()[size_t(axis)].column);
    if (!span) return;
    const double low = yOf(heightOf(axis, span->low)), high = yOf(heightOf(axis, span->high));
    const double y = position.y();
    if (std::abs(y - low) <= kEndReach)
        m_drag = Drag::Low;
    else if (std::abs(y - high) <= kEndReach)
        m_drag = Drag::High;
    else if (y > std::min(low, high) && y < std::max(low, high))
        m_drag = Drag::Move;
    m_grip = y - low;
}

void ParallelPlot::dragBrush(const QPoint& position) {
    const int column = m_lens.axes()[size_t(m_dragAxis)].column;
    const double here = valueAtY(m_dragAxis, position.y());
    const Span before = m_lens.brush(column).value_or(Span{here, here});
    double a = here, b = here;
    if (m_drag == Drag::NewBrush) {
        a = valueAtY(m_dragAxis, m_dragStart.y());
    } else if (m_drag == Drag::Move) {
        const double low = position.y() - m_grip;
        const double length =
            yOf(heightOf(m_dragAxis, before.high)) - yOf(heightOf(m_dragAxis, before.low));
        a = valueAtY(m_dragAxis, low);
        b = valueAtY(m_dragAxis, low + length);
    } else {
        a = m_drag == Drag::Low ? before.high : before.low;
    }
    m_lens.setBrush(column, Span{std::min(a, b), std::max(a, b)});
}

void ParallelPlot::moveAxis(const QPoint& position) {
    const double step = axisCount() > 1 ? m_area.width() / (axisCount() - 1) : 1;
    const int to =
        std::clamp(int(std::lround((position.x() - m_area.left()) / step)), 0, axisCount() - 1);
    if (to == m_dragAxis) return;
    std::vector<AxisSetting> axes = m_lens.axes();
    const AxisSetting moved = axes[size_t(m_dragAxis)];
    axes.erase(axes.begin() + m_dragAxis);
    axes.insert(axes.begin() + to, moved);
    m_dragAxis = to;
    m_lens.setAxes(std::move(axes));
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    prepare();
    m_dragStart = event->pos();
    if (const int axis = nameAt(event->pos()); axis >= 0) {
        m_drag = Drag::Name;
        m_dragAxis = axis;
    } else if (const int on = axisAt(event->pos()); on >= 0) {
        startBrush(on, event->pos());
    } else if (const int row = rowAt(event->pos()); row >= 0) {
        emit rowClicked(row);
    }
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_drag == Drag::Name) return moveAxis(event->pos());
    const bool hasMoved = std::abs(event->pos().y() - m_dragStart.y()) >= kDragStart;
    if (m_drag != Drag::None) {
        if (hasMoved || m_drag != Drag::NewBrush) dragBrush(event->pos());
        return;
    }
    prepare();
    const bool isOnAxis = axisAt(event->pos()) >= 0, isOnName = nameAt(event->pos()) >= 0;
    setCursor(isOnName ? Qt::SizeHorCursor : isOnAxis ? Qt::SizeVerCursor : Qt::ArrowCursor);
    const int row = isOnAxis || isOnName ? -1 : rowAt(event->pos());
    if (row != m_hovered) update();
    m_hovered = row;
    CanvasPlot::mouseMoveEvent(event);
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::None || m_dragAxis < 0) return;
    const QPoint moved = event->pos() - m_dragStart;
    if (drag == Drag::Name && moved.manhattanLength() < kDragStart)
        return change(m_dragAxis, [](AxisSetting& to) { to.isFlipped = !to.isFlipped; });
    if (drag != Drag::Name && std::abs(moved.y()) < kDragStart)
        m_lens.setBrush(m_lens.axes()[size_t(m_dragAxis)].column, std::nullopt);
}

void ParallelPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || nameAt(event->pos()) >= 0) return;
    const int row = axisAt(event->pos()) < 0 ? rowAt(event->pos()) : -1;
    if (row >= 0) emit rowOpened(row);
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_lens.h"

#include <algorithm>
#include <cmath>

#include "views/models/hypervolume.h"

namespace views {
namespace {

/// "+1.2 points", "−3.1 ms"
QString differenceText(const PointColumn& column, double from, double to) {
    if (column.unit == Unit::Share) return pointsText(to, from);
    const QString sign = to < from ? QString(kMinus) : QStringLiteral("+");
    return sign + column.text(std::abs(to - from));
}

QString bestText(const PointColumn& column, double value) {
    return (column.higherIsBetter ? QObject::tr("highest %1: %2") : QObject::tr("lowest %1: %2"))
        .arg(column.name, column.text(value));
}

}  // namespace

PointLens::PointLens(PointStore& store, QObject* parent) : QObject(parent), m_store(store) {
    connect(&store, &PointStore::appended, this, &PointLens::takeNew);
    connect(&store, &PointStore::changed, this, &PointLens::recompute);
    m_x.column = PointStore::columnOf(Metric::LatencyUs);
    m_y.column = PointStore::columnOf(Metric::Agreement);
    recompute();
}

void PointLens::setPlotAxes(const AxisSetting& x, const AxisSetting& y) {
    if (x == m_x && y == m_y) return;
    m_x = x;
    m_y = y;
    rebuildFront();
    emit axesChanged();
}

void PointLens::setAxes(std::vector<AxisSetting> axes) {
    if (axes == m_axes) return;
    m_axes = std::move(axes);
    emit axesChanged();
}

std::vector<AxisSetting> PointLens::usualAxes() const {
    constexpr size_t kMostKnobs = 3;
    std::vector<AxisSetting> axes;
    const auto add = [&](int column) {
        if (m_store.varies(column)) axes.push_back({column, false, false, {}});
        return m_store.varies(column);
    };
    for (int column = 0; column < m_store.columnCount() && axes.size() < kMostKnobs; ++column)
        if (m_store.column(column).isKnob) add(column);
    for (const Metric cost :
         {Metric::FlashBytes, Metric::ArenaBytes, Metric::LatencyUs, Metric::EnergyUj})
        add(PointStore::columnOf(cost));
    for (const Metric quality :
         {Metric::Accuracy, Metric::Auc, Metric::MeanSquaredError, Metric::Agreement})
        if (add(PointStore::columnOf(quality))) break;
    return axes;
}

void PointLens::setFilter(PointFilter filter) {
    m_filter = std::move(filter);
    recompute();
}

void PointLens::setBrush(int column, const std::optional<Span>& span) {
    if (span == brush(column)) return;
    m_brushes.erase(column);
    if (span) m_brushes[column] = *span;
    judgeAll();
}

std::optional<Span> PointLens::brush(int column) const {
    const auto found = m_brushes.find(column);
    return found == m_brushes.end() ? std::nullopt : std::optional(found->second);
}

void PointLens::setLimit(int column, const std::optional<double>& value) {
    if (value == limit(column)) return;
    m_limits.erase(column);
    if (value) m_limits[column] = *value;
    judgeAll();
}

std::optional<double> PointLens::limit(int column) const {
    const auto found = m_limits.find(column);
    return found == m_limits.end() ? std::nullopt : std::optional(found->second);
}

void PointLens::setTop(int count, int column) {
    if (count == m_topCount && column == m_topColumn) return;
    m_topCount = count;
    m_topColumn = column;
    judgeAll();
}

void PointLens::clearNarrowing() {
    m_brushes.clear();
    m_limits.clear();
    m_topCount = 0;
    judgeAll();
}

bool PointLens::keepsLimit(int column, double limit, int row) const {
    const PointFigure figure = m_store.figure(column, row);
    const bool isHigherBetter = m_store.column(column).higherIsBetter;
    const double worse = isHigherBetter ? figure.low : figure.high;
    const double value = figure.isPredicted ? worse : figure.value;
    return isHigherBetter ? value >= limit : value <= limit;
}

PointState PointLens::stateOf(int row) const {
    if (m_store.isGone(row) || !m_filter.matches(m_store, row)) return PointState::Hidden;
    if (m_store.isOutdated(row)) return PointState::Dimmed;
    for (const auto& [column, span] : m_brushes)
        if (!span.contains(m_store.value(column, row))) return PointState::Dimmed;
    for (const auto& [column, limit] : m_limits)
        if (!keepsLimit(column, limit, row)) return PointState::Dimmed;
    return PointState::Lit;
}

/// For a change of points or of the filter.
void PointLens::recompute() {
    ++m_shownRevision;
    forgetGoneColumns();
    judgeAll();
}

/// Columns of knobs are gone once all points are.
void PointLens::forgetGoneColumns() {
    const int columns = m_store.columnCount();
    const auto isGone = [columns](const auto& entry) { return entry.first >= columns; };
    std::erase_if(m_brushes, isGone);
    std::erase_if(m_limits, isGone);
    std::erase_if(m_axes, [columns](const AxisSetting& axis) { return axis.column >= columns; });
    if (m_topColumn >= columns) m_topCount = 0;
    if (m_x.column >= columns) m_x = {PointStore::columnOf(Metric::LatencyUs), false, false, {}};
    if (m_y.column >= columns) m_y = {PointStore::columnOf(Metric::Agreement), false, false, {}};
}

/// For a change of brushes and limits, which hide no point.
void PointLens::judgeAll() {
    m_states.clear();
    m_lit.clear();
    m_shown = 0;
    for (int row = 0; row < m_store.count(); ++row) {
        m_states.push_back(stateOf(row));
        m_shown += m_states.back() != PointState::Hidden;
        if (m_states.back() == PointState::Lit) m_lit.push_back(row);
    }
    keepTop();
    rebuildFront();
    emit changed();
}

void PointLens::takeNew(int first) {
    if (m_topCount > 0) return recompute();
    ++m_shownRevision;
    for (int row = first; row < m_store.count(); ++row) {
        m_states.push_back(stateOf(row));
        m_shown += m_states.back() != PointState::Hidden;
        if (m_states.back() != PointState::Lit) continue;
        m_lit.push_back(row);
        addToFront(row);
    }
    emit changed();
}

void PointLens::keepTop() {
    if (m_topCount <= 0 || m_topColumn < 0) return;
    const double sign = m_store.column(m_topColumn).higherIsBetter ? -1 : 1;
    const auto cost = [&](int row) {
        const double value = sign * m_store.value(m_topColumn, row);
        return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
    };
    const auto isBetter = [&](int a, int b) {
        return std::pair(cost(a), a) < std::pair(cost(b), b);
    };
    const size_t count = std::min(m_lit.size(), static_cast<size_t>(m_topCount));
    const auto end = m_lit.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(m_lit.begin(), end, m_lit.end(), isBetter);
    for (auto row = end; row != m_lit.end(); ++row)
        m_states[static_cast<size_t>(*row)] = PointState::Dimmed;
    m_lit.erase(end, m_lit.end());
    std::sort(m_lit.begin(), m_lit.end());
}

void PointLens::addToFront(int row) {
    m_front.insert(m_store.value(m_x.column, row), m_store.value(m_y.column, row), row);
}

void PointLens::rebuildFront() {
    m_front = ParetoFront(m_store.column(m_x.column).higherIsBetter,
                          m_store.column(m_y.column).higherIsBetter);
    for (const int row : m_lit)
        addToFront(row);
}

std::optional<Span> PointLens::extent(int column, bool logarithmic) const {
    const std::vector<double>& values = m_store.values(column);
    Span span{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (size_t row = 0; row < values.size(); ++row) {
        const double value = values[row];
        const bool counts = m_states[row] != PointState::Hidden && (!logarithmic || value > 0);
        if (!counts || std::isnan(value)) continue;
        span.low = std::min(span.low, value);
        span.high = std::max(span.high, value);
    }
    return span.low <= span.high ? std::optional(span) : std::nullopt;
}

double PointLens::scaled(const AxisSetting& axis, int row) const {
    const double value = m_store.value(axis.column, row);
    const double shown = axis.logarithmic ? std::log(std::max(value, 1e-300)) : value;
    return m_store.column(axis.column).higherIsBetter ? -shown : shown;
}

std::vector<Suggestion> PointLens::suggestions(int count) const {
    std::vector<int> rows = front();
    if (rows.empty()) return {};
    // Costs rise in x; where high values are better, that is from the right to the left.
    if (m_store.column(m_x.column).higherIsBetter) std::reverse(rows.begin(), rows.end());
    std::vector<PlanePoint> points;
    std::vector<int> kept;
    for (const int row : rows) {
        const PlanePoint point{scaled(m_x, row), scaled(m_y, row)};
        if (!points.empty() && point.x == points.back().x) continue;
        points.push_back(point);
        kept.push_back(row);
    }
    // A little worse than the front's ends, so that these count, too.
    const double width = points.back().x - points.front().x;
    const double height = points.front().y - points.back().y;
    const PlanePoint reference{points.back().x + 0.1 * (width > 0 ? width : 1),
                               points.front().y + 0.1 * (height > 0 ? height : 1)};
    const double whole = dominatedArea(points, reference);
    std::vector<PlanePoint> subset;
    std::vector<int> chosen;
    for (const int index : widestSubset(points, reference, count)) {
        subset.push_back(points[static_cast<size_t>(index)]);
        chosen.push_back(kept[static_cast<size_t>(index)]);
    }
    const auto shares = areaContributions(subset, reference);
    std::vector<Suggestion> result;
    for (size_t i = 0; i < chosen.size(); ++i)
        result.push_back({chosen[i], reasonOf(chosen, i, shares[i] / whole)});
    if (m_store.column(m_x.column).higherIsBetter) std::reverse(result.begin(), result.end());
    return result;
}

QString PointLens::reasonOf(const std::vector<int>& chosen, size_t index, double share) const {
    const PointColumn &x = m_store.column(m_x.column), &y = m_store.column(m_y.column);
    const auto valueX = [&](size_t i) { return m_store.value(m_x.column, chosen[i]); };
    const auto valueY = [&](size_t i) { return m_store.value(m_y.column, chosen[i]); };
    const QString area = tr("%1 of the area is its own").arg(percentText(100 * share, 'g', 2));
    if (index == 0) return bestText(x, valueX(0)) + "; " + area;
    const QString trade = tr("%1 %2 for %3 %4 over the one before")
                              .arg(y.name, differenceText(y, valueY(index - 1), valueY(index)),
                                   x.name, differenceText(x, valueX(index - 1), valueX(index)));
    if (index + 1 == chosen.size()) return bestText(y, valueY(index)) + "; " + trade;
    return trade + "; " + area;
}

}  // namespace views

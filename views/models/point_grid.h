// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointGrid: finds the point nearest to a place among tens of thousands: cells as wide as the
// reach, so that only the nine around the place are searched.

#include <QPointF>
#include <QSizeF>
#include <algorithm>
#include <cmath>
#include <vector>

namespace views {

class PointGrid {
public:
    PointGrid() = default;
    /// Positions lie in 0..size; a point without one (NaN) or outside is never found.
    PointGrid(const std::vector<QPointF>& positions, const QSizeF& size, double reach)
        : m_reach(std::max(reach, 1.0)),
          m_columns(1 + static_cast<int>(size.width() / m_reach)),
          m_rows(1 + static_cast<int>(size.height() / m_reach)),
          m_starts(static_cast<size_t>(m_columns * m_rows) + 1, 0) {
        std::vector<int> cells(positions.size());
        for (size_t i = 0; i < positions.size(); ++i) {
            cells[i] = cellOf(positions[i]);
            if (cells[i] >= 0) ++m_starts[static_cast<size_t>(cells[i]) + 1];
        }
        for (size_t cell = 1; cell < m_starts.size(); ++cell)
            m_starts[cell] += m_starts[cell - 1];
        std::vector<int> next(m_starts.begin(), m_starts.end() - 1);
        m_points.resize(static_cast<size_t>(m_starts.back()));
        for (size_t i = 0; i < positions.size(); ++i)
            if (cells[i] >= 0)
                m_points[static_cast<size_t>(next[static_cast<size_t>(cells[i])]++)] =
                    static_cast<int>(i);
    }

    /// Index of the nearest point within the reach; -1: none. `positions` as given at first.
    int nearest(const std::vector<QPointF>& positions, const QPointF& place) const {
        int found = -1;
        double best = m_reach * m_reach;
        const int column = static_cast<int>(std::floor(place.x() / m_reach));
        const int row = static_cast<int>(std::floor(place.y() / m_reach));
        for (int r = std::max(row - 1, 0); r <= std::min(row + 1, m_rows - 1); ++r)
            for (int c = std::max(column - 1, 0); c <= std::min(column + 1, m_columns - 1); ++c) {
                const auto cell = static_cast<size_t>(r * m_columns + c);
                for (int i = m_starts[cell]; i < m_starts[cell + 1]; ++i) {
                    const int point = m_points[static_cast<size_t>(i)];
                    const QPointF apart = positions[static_cast<size_t>(point)] - place;
                    const double distance = QPointF::dotProduct(apart, apart);
                    if (distance > best) continue;
                    best = distance;
                    found = point;
                }
            }
        return found;
    }

private:
    int cellOf(const QPointF& at) const {
        if (!(at.x() >= 0 && at.y() >= 0)) return -1;
        const double column = std::floor(at.x() / m_reach), row = std::floor(at.y() / m_reach);
        if (column >= m_columns || row >= m_rows) return -1;
        return static_cast<int>(row) * m_columns + static_cast<int>(column);
    }

    double m_reach = 1;
    int m_columns = 0, m_rows = 0;
    std::vector<int> m_starts, m_points;
};

}  // namespace views

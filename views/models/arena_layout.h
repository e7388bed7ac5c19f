// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ArenaLayout: geometry of the arena map, separate from painting: the rectangle of each buffer, the
// buffer and operator under a point, and the running total. x: operators in execution order; y:
// addresses from the bottom up.

#include <QPointF>
#include <QRectF>
#include <vector>

#include "types/chosen_schedule.h"

namespace views {

/// Plans count time by positions in their order; the two differ where that is not the file's.
int layerAt(const types::MemoryPlan& plan, int time);
int timeOf(const types::MemoryPlan& plan, int layer);

class ArenaLayout {
public:
    ArenaLayout() = default;
    /// `totals` receives the upper strip of `area`, `map` the rest; `topBytes`: address at the
    /// map's upper edge.
    ArenaLayout(const types::MemoryPlan& plan, int opCount, const QRectF& totals, const QRectF& map,
                int64_t topBytes);

    const QRectF& totals() const { return m_totals; }
    const QRectF& map() const { return m_map; }

    QRectF bufferRect(size_t buffer) const { return m_rects[buffer]; }
    QRectF opColumn(int op) const;
    double yOf(int64_t bytes) const;
    double totalYOf(int64_t bytes) const;
    /// types::bytesInUse() at `op`.
    int64_t aliveBytes(int op) const { return m_alive[static_cast<size_t>(op)]; }
    int opCount() const { return static_cast<int>(m_alive.size()); }

    /// Index of the buffer under a point; -1: none.
    int bufferAt(const QPointF& point) const;
    /// Operator at the point's x; -1 outside.
    int opAt(const QPointF& point) const;

private:
    QRectF m_totals, m_map;
    double m_bytesPerPixel = 1;
    double m_totalBytesPerPixel = 1;
    std::vector<QRectF> m_rects;
    std::vector<int64_t> m_alive;
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/arena_layout.h"

#include <algorithm>
#include <set>

namespace views {

int layerAt(const types::MemoryPlan& plan, int time) {
    const bool isKnown = time >= 0 && time < static_cast<int>(plan.order.size());
    return isKnown ? plan.order[static_cast<size_t>(time)] : time;
}

int timeOf(const types::MemoryPlan& plan, int layer) {
    const auto found = std::ranges::find(plan.order, layer);
    return found == plan.order.end() ? layer : static_cast<int>(found - plan.order.begin());
}

ArenaLayout::ArenaLayout(const types::MemoryPlan& plan, int opCount, const QRectF& totals,
                         const QRectF& map, int64_t topBytes)
    : m_totals(totals), m_map(map), m_alive(static_cast<size_t>(opCount), 0) {
    m_bytesPerPixel = static_cast<double>(std::max<int64_t>(1, topBytes)) / map.height();
    std::set<int32_t> overwritten;
    for (const types::PlannedBuffer& buffer : plan.buffers)
        if (buffer.overwrites >= 0) overwritten.insert(buffer.overwrites);
    for (const types::PlannedBuffer& buffer : plan.buffers) {
        // Model inputs live from before the first operator; their rectangle starts with it.
        const int first = std::clamp(buffer.firstOp, 0, std::max(0, opCount - 1));
        const int last = std::clamp(buffer.lastOp, first, std::max(0, opCount - 1));
        // A buffer that overwrites another meets it in the middle of their common operator.
        const double left =
            buffer.overwrites >= 0 ? opColumn(first).center().x() : opColumn(first).left();
        const double right = overwritten.contains(buffer.tensor) ? opColumn(last).center().x()
                                                                 : opColumn(last).right();
        const double bottom = yOf(buffer.offset), top = yOf(buffer.offset + buffer.size);
        m_rects.emplace_back(left, top, right - left, bottom - top);
    }
    for (int op = 0; op < opCount; ++op)
        m_alive[static_cast<size_t>(op)] = types::bytesInUse(plan, op);
    const int64_t most = m_alive.empty() ? 1 : *std::max_element(m_alive.begin(), m_alive.end());
    m_totalBytesPerPixel = static_cast<double>(std::max<int64_t>(1, most)) / totals.height();
}

QRectF ArenaLayout::opColumn(int op) const {
    const double width = m_map.width() / std::max<double>(1, static_cast<double>(m_alive.size()));
    return {m_map.left() + op * width, m_map.top(), width, m_map.height()};
}

double ArenaLayout::yOf(int64_t bytes) const {
    return m_map.bottom() - static_cast<double>(bytes) / m_bytesPerPixel;
}

double ArenaLayout::totalYOf(int64_t bytes) const {
    return m_totals.bottom() - static_cast<double>(bytes) / m_totalBytesPerPixel;
}

int ArenaLayout::bufferAt(const QPointF& point) const {
    for (size_t i = 0; i < m_rects.size(); ++i)
        if (m_rects[i].contains(point)) return static_cast<int>(i);
    return -1;
}

int ArenaLayout::opAt(const QPointF& point) const {
    const double share = (point.x() - m_map.left()) / m_map.width();
    if (m_alive.empty() || share < 0 || share >= 1) return -1;
    return static_cast<int>(share * static_cast<double>(m_alive.size()));
}

}  // namespace views

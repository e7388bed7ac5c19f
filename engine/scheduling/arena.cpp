// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/arena.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace scheduling {

int64_t aligned(int64_t bytes) {
    return (bytes + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
}

namespace {

int64_t alignedDown(int64_t bytes) {
    return bytes - (bytes % kArenaAlignment + kArenaAlignment) % kArenaAlignment;
}

}  // namespace

size_t Arena::add(int64_t bytes, int32_t first, int32_t last) {
    m_buffers.push_back({aligned(bytes), first, last, false});
    return m_buffers.size() - 1;
}

void Arena::setApart(size_t a, size_t b) {
    m_pairs.push_back({a, b, false, 0, false});
}

void Arena::setRelease(size_t output, size_t input, int64_t distance, bool inPlace) {
    m_pairs.push_back({output, input, true, alignedDown(distance), inPlace});
    m_buffers[output].liesOver = true;
}

void Arena::findConflicts() {
    const size_t count = m_buffers.size();
    std::vector<std::vector<const Pair*>> special(count, std::vector<const Pair*>(count, nullptr));
    for (const Pair& pair : m_pairs)
        special[pair.a][pair.b] = special[pair.b][pair.a] = &pair;
    m_conflicts.assign(count, {});
    for (size_t a = 0; a < count; ++a)
        for (size_t b = 0; b < count; ++b) {
            const Buffer &own = m_buffers[a], &other = m_buffers[b];
            if (a == b || own.first > other.last || other.first > own.last) continue;
            Conflict conflict{b, own.size, other.size, false};
            if (const Pair* pair = special[a][b]) {
                if (!pair->isRelease) continue;
                // The output must not start after input + distance, unless after all of the input.
                if (pair->a == a)
                    conflict.below = -pair->distance;
                else
                    conflict.above = -pair->distance;
                conflict.mayCoincide = pair->inPlace;
            }
            m_conflicts[a].push_back(conflict);
        }
}

int64_t Arena::lowestFit(size_t index) const {
    m_forbidden.clear();
    int64_t coinciding = -1;
    for (const Conflict& conflict : m_conflicts[index]) {
        const int64_t other = m_offsets[conflict.other];
        if (other < 0 || conflict.below + conflict.above <= 0) continue;
        m_forbidden.emplace_back(other - conflict.below, other + conflict.above);
        if (conflict.mayCoincide) coinciding = other;
    }
    std::sort(m_forbidden.begin(), m_forbidden.end());
    int64_t offset = 0;
    for (const auto& [first, end] : m_forbidden)
        if (first < offset && offset < end) offset = aligned(end);
    if (coinciding < 0 || coinciding >= offset) return offset;
    // Over the input exactly: only the input itself may be in the way.
    for (const Conflict& conflict : m_conflicts[index]) {
        const int64_t other = m_offsets[conflict.other];
        if (other < 0 || (conflict.mayCoincide && other == coinciding)) continue;
        if (other - conflict.below < coinciding && coinciding < other + conflict.above)
            return offset;
    }
    return coinciding;
}

std::vector<std::vector<size_t>> Arena::startingOrders() const {
    using Key = int64_t (*)(const Buffer&);
    const Key keys[] = {
        // What may start before the buffer that it lies over is placed first, so that it can.
        [](const Buffer& b) { return (b.liesOver ? int64_t{1} << 32 : 0) + b.last; },
        [](const Buffer& b) { return b.size; },
        [](const Buffer& b) { return int64_t{b.last}; },
        [](const Buffer& b) { return b.size * (b.last - b.first + 1); },
        [](const Buffer& b) { return int64_t{b.last} - b.first; },
        [](const Buffer& b) { return -int64_t{b.first}; },
    };
    std::vector<std::vector<size_t>> orders;
    for (const Key key : keys) {
        auto& order = orders.emplace_back(m_buffers.size());
        std::iota(order.begin(), order.end(), size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
            return std::pair(key(m_buffers[a]), m_buffers[a].size) >
                   std::pair(key(m_buffers[b]), m_buffers[b].size);
        });
    }
    return orders;
}

int64_t Arena::tryOrder(const std::vector<size_t>& order, int64_t giveUpAt) {
    std::fill(m_offsets.begin(), m_offsets.end(), -1);
    int64_t end = 0;
    for (size_t index : order) {
        m_offsets[index] = lowestFit(index);
        end = std::max(end, m_offsets[index] + m_buffers[index].size);
        if (end >= giveUpAt) return end;
    }
    m_best = m_offsets;
    return end;
}

int64_t Arena::place(int improvements) {
    findConflicts();
    m_offsets.assign(m_buffers.size(), -1);
    int64_t best = std::numeric_limits<int64_t>::max();
    std::vector<size_t> order;
    for (auto& start : startingOrders()) {
        const int64_t end = tryOrder(start, best);
        if (end >= best) continue;
        best = end;
        order = std::move(start);
    }
    for (int step = 0; step < improvements && !order.empty(); ++step) {
        // A buffer near the top moves to the front half of the order; which one and how far
        // follows from the step, so that the search is deterministic.
        std::vector<size_t> byEnd = order;
        std::sort(byEnd.begin(), byEnd.end(), [&](size_t a, size_t b) {
            return std::pair(m_best[a] + m_buffers[a].size, a) >
                   std::pair(m_best[b] + m_buffers[b].size, b);
        });
        const size_t moved = byEnd[static_cast<size_t>(step) % std::min<size_t>(byEnd.size(), 5)];
        auto trial = order;
        const auto at = std::find(trial.begin(), trial.end(), moved);
        const auto places = static_cast<size_t>(at - trial.begin());
        if (places == 0) continue;
        const size_t to = static_cast<size_t>(step / 5) % places;
        trial.erase(at);
        trial.insert(trial.begin() + static_cast<ptrdiff_t>(to), moved);
        const int64_t end = tryOrder(trial, best);
        if (end >= best) continue;
        best = end;
        order = std::move(trial);
    }
    return m_buffers.empty() ? 0 : best;
}

}  // namespace scheduling

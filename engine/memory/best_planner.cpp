// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/best_planner.h"

#include <algorithm>
#include <numeric>

#include "memory/placement.h"

namespace memory {
namespace {

using types::MemoryPlan;
using types::PlannedBuffer;
using Order = std::vector<size_t>;
using Buffers = std::vector<PlannedBuffer>;

constexpr int kImprovementSteps = 2000;

int64_t span(const PlannedBuffer& buffer) {
    return buffer.lastOp - buffer.firstOp + 1;
}

/// Orders that are good on different graphs; larger first breaks ties everywhere.
std::vector<Order> startingOrders(const Buffers& buffers) {
    using Key = int64_t (*)(const PlannedBuffer&);
    const Key keys[] = {
        [](const PlannedBuffer& b) { return b.size; },
        [](const PlannedBuffer& b) { return b.size * span(b); },
        [](const PlannedBuffer& b) { return span(b); },
        [](const PlannedBuffer& b) { return -int64_t{b.firstOp}; },
        [](const PlannedBuffer& b) { return int64_t{b.lastOp}; },
    };
    std::vector<Order> orders;
    for (const Key key : keys) {
        Order order(buffers.size());
        std::iota(order.rbegin(), order.rend(), size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
            return std::pair(key(buffers[a]), buffers[a].size) >
                   std::pair(key(buffers[b]), buffers[b].size);
        });
        orders.push_back(std::move(order));
    }
    return orders;
}

/// The best plan found so far.
class Search {
public:
    Search(MemoryPlan greedy) : m_best(std::move(greedy)), m_trial(m_best.buffers) {}

    bool done() const { return m_best.arenaBytes <= m_best.lowerBoundBytes; }

    void tryOrder(const Order& order) {
        const int64_t end = placeInOrder(m_trial, order, m_best.arenaBytes);
        if (end >= m_best.arenaBytes) return;
        m_best.arenaBytes = end;
        m_best.buffers = m_trial;
        m_order = order;
    }

    /// A buffer at the top is there because those placed before it left no room: place it earlier,
    /// at a place of the order that changes with every step.
    void improve() {
        if (m_order.empty()) m_order = startingOrders(m_best.buffers).front();
        for (int step = 0; step < kImprovementSteps && !done(); ++step) {
            Order order = m_order;
            const size_t top = placeOf(highestBuffer(step), order);
            const size_t target = static_cast<size_t>(step) * 7919 % (top + 1);
            std::rotate(order.begin() + static_cast<int64_t>(target),
                        order.begin() + static_cast<int64_t>(top),
                        order.begin() + static_cast<int64_t>(top) + 1);
            const Order before = m_order;
            tryOrder(order);
            // Walking sideways now and then leaves dead ends.
            if (m_order == before && step % 5 == 4) m_order = order;
        }
    }

    MemoryPlan result() { return std::move(m_best); }

private:
    /// The highest buffers of the best plan in turn.
    size_t highestBuffer(int step) const {
        Order byEnd(m_best.buffers.size());
        std::iota(byEnd.begin(), byEnd.end(), size_t{0});
        const auto end = [&](size_t i) {
            return m_best.buffers[i].offset + m_best.buffers[i].size;
        };
        std::sort(byEnd.begin(), byEnd.end(), [&](size_t a, size_t b) { return end(a) > end(b); });
        return byEnd[static_cast<size_t>(step) % std::min<size_t>(byEnd.size(), 6)];
    }

    static size_t placeOf(size_t buffer, const Order& order) {
        return static_cast<size_t>(std::find(order.begin(), order.end(), buffer) - order.begin());
    }

    MemoryPlan m_best;
    Buffers m_trial;
    Order m_order;
};

}  // namespace

MemoryPlan planBest(const types::Graph& graph, const ScratchNeeds& scratch) {
    Search search(planGreedy(graph, scratch));
    if (search.done()) return search.result();
    for (const Order& order : startingOrders(plannedBuffers(graph, scratch)))
        search.tryOrder(order);
    search.improve();
    return search.result();
}

}  // namespace memory

// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/best_planner.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

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

/// Placement orders to try; each suits other graphs, and ties go to the larger chain. A chain is
/// ordered by the size of its first buffer, which is its largest, and by the lifetime of all its
/// buffers.
std::vector<Order> startingOrders(const Buffers& buffers, const std::vector<Chain>& chains) {
    using Key = int64_t (*)(const PlannedBuffer&);
    const Key keys[] = {
        [](const PlannedBuffer& b) { return b.size; },
        [](const PlannedBuffer& b) { return b.size * span(b); },
        [](const PlannedBuffer& b) { return span(b); },
        [](const PlannedBuffer& b) { return -int64_t{b.firstOp}; },
        [](const PlannedBuffer& b) { return int64_t{b.lastOp}; },
    };
    Buffers wholes;
    for (const Chain& chain : chains) {
        wholes.push_back(buffers[chain.front()]);
        wholes.back().lastOp = buffers[chain.back()].lastOp;
    }
    std::vector<Order> orders;
    for (const Key key : keys) {
        Order order(chains.size());
        std::iota(order.rbegin(), order.rend(), size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
            return std::pair(key(wholes[a]), wholes[a].size) >
                   std::pair(key(wholes[b]), wholes[b].size);
        });
        orders.push_back(std::move(order));
    }
    return orders;
}

/// Local search for the best placement of buffers once their sharing is fixed.
///
/// Every order gives a valid plan, because placeInOrder() never overlaps buffers that are alive at
/// the same time: the order determines only the size, so any order may be tried. The first order is
/// greedy's (by size), and a plan is kept only where it is smaller, so the result is never larger
/// than greedy's. The bound is the sum alive at one operator; a plan that reaches it is optimal and
/// ends the search. Otherwise the search ends after a fixed number of placements, each of which
/// compares about all pairs of n buffers: O(n^2).
class Search {
public:
    /// `plan`: the buffers and the lower bound at which the search stops.
    explicit Search(MemoryPlan plan)
        : m_best(std::move(plan)), m_trial(m_best.buffers), m_chains(chainsOf(m_trial)) {
        m_best.arenaBytes = std::numeric_limits<int64_t>::max();
    }

    MemoryPlan run() {
        for (const Order& order : startingOrders(m_trial, m_chains))
            if (!done()) tryOrder(order);
        improve();
        return std::move(m_best);
    }

private:
    bool done() const { return m_best.arenaBytes <= m_best.lowerBoundBytes; }

    void tryOrder(const Order& order) {
        const int64_t end = placeInOrder(m_trial, m_chains, order, m_best.arenaBytes);
        if (end >= m_best.arenaBytes) return;
        m_best.arenaBytes = end;
        m_best.buffers = m_trial;
        m_order = order;
    }

    /// A chain ends at the top because the chains placed before it left no room lower down: this
    /// places it earlier, at a position that changes with every step.
    void improve() {
        for (int step = 0; step < kImprovementSteps && !done(); ++step) {
            Order order = m_order;
            const size_t top = placeOf(highestChain(step), order);
            const size_t target = static_cast<size_t>(step) * 7919 % (top + 1);
            std::rotate(order.begin() + static_cast<int64_t>(target),
                        order.begin() + static_cast<int64_t>(top),
                        order.begin() + static_cast<int64_t>(top) + 1);
            const Order before = m_order;
            tryOrder(order);
            // Every fifth step may also keep an order that is no better, to leave local minima.
            if (m_order == before && step % 5 == 4) m_order = order;
        }
    }

    /// The highest chains of the best plan, in turn.
    size_t highestChain(int step) const {
        Order byEnd(m_chains.size());
        std::iota(byEnd.begin(), byEnd.end(), size_t{0});
        const auto end = [&](size_t chain) {
            const PlannedBuffer& largest = m_best.buffers[m_chains[chain].front()];
            return largest.offset + largest.size;
        };
        std::sort(byEnd.begin(), byEnd.end(), [&](size_t a, size_t b) { return end(a) > end(b); });
        return byEnd[static_cast<size_t>(step) % std::min<size_t>(byEnd.size(), 6)];
    }

    static size_t placeOf(size_t chain, const Order& order) {
        return static_cast<size_t>(std::find(order.begin(), order.end(), chain) - order.begin());
    }

    MemoryPlan m_best;
    Buffers m_trial;
    std::vector<Chain> m_chains;
    Order m_order;  ///< where improve() stands; not always that of m_best
};

/// The plan and its bound with buffers that overwrite inputs; empty where none may.
std::optional<MemoryPlan> inPlace(const types::Graph& graph, const Overwritable& overwritable,
                                  Giver giver, MemoryPlan plan) {
    if (markOverwrites(graph, overwritable, giver, plan.buffers) == 0) return std::nullopt;
    plan.lowerBoundBytes =
        lowerBound(plan.buffers, static_cast<int32_t>(graph.ops.size()), &plan.peakOp);
    return Search(std::move(plan)).run();
}

}  // namespace

MemoryPlan planBest(const types::Graph& graph, const ScratchNeeds& scratch,
                    const Overwritable& overwritable) {
    const MemoryPlan greedy = planGreedy(graph, scratch);
    MemoryPlan best = greedy;
    if (greedy.arenaBytes > greedy.lowerBoundBytes) best = Search(greedy).run();
    for (const Giver giver : {Giver::OldestInput, Giver::NewestInput}) {
        auto plan = inPlace(graph, overwritable, giver, greedy);
        if (!plan) break;
        best.lowerBoundBytes = plan->lowerBoundBytes;
        best.peakOp = plan->peakOp;
        // An in-place plan of equal size wins: it saves copies.
        const bool saves = best.arenaBytes == plan->arenaBytes && giver == Giver::OldestInput;
        if (plan->arenaBytes < best.arenaBytes || saves) best = std::move(*plan);
    }
    return best;
}

}  // namespace memory

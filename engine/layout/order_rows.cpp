// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/order_rows.h"

#include <algorithm>

namespace layout {
namespace {

constexpr int kMostSweeps = 12;
/// Sweeps in a row that may fail to improve.
constexpr int kPatience = 3;
constexpr int kSwapRounds = 4;

class RowOrder {
public:
    RowOrder(RankRows& rows, const RowLinks& links)
        : m_rows(rows), m_links(links), m_position(rows.points(), 0) {}

    void walk();
    void sweep(bool isDown);
    bool swapNeighbours(const types::Work& work);
    int64_t crossings() const;
    void number() {
        for (const auto& row : m_rows.rows)
            numberRow(row);
    }

private:
    void numberRow(const std::vector<int32_t>& row) {
        for (size_t i = 0; i < row.size(); ++i)
            m_position[size_t(row[i])] = int32_t(i);
    }
    double medianOf(const Neighbours& neighbours, int32_t point) const;
    void sortRow(std::vector<int32_t>& row, const Neighbours& neighbours);
    int64_t crossingsOf(const Neighbours& neighbours, int32_t left, int32_t right) const;
    bool improveRow(std::vector<int32_t>& row);

    RankRows& m_rows;
    const RowLinks& m_links;
    std::vector<int32_t> m_position;  ///< within its row, per point
    mutable std::vector<int32_t> m_scratch, m_other;
};

/// Nodes come before bends where both follow a point, so the main path stays on the left.
void RowOrder::walk() {
    std::vector<bool> isSeen(m_rows.points(), false);
    std::vector<std::vector<int32_t>> rows(m_rows.rows.size());
    std::vector<int32_t> stack;
    for (int32_t start = 0; start < int32_t(m_rows.points()); ++start) {
        if (isSeen[size_t(start)] || m_links.up.from(start) != m_links.up.to(start)) continue;
        stack.push_back(start);
        while (!stack.empty()) {
            const int32_t point = stack.back();
            stack.pop_back();
            if (isSeen[size_t(point)]) continue;
            isSeen[size_t(point)] = true;
            rows[size_t(m_rows.row[size_t(point)])].push_back(point);
            // The list is ascending, nodes before bends; the stack takes the first one last.
            for (const int32_t* at = m_links.down.to(point); at != m_links.down.from(point);)
                stack.push_back(*--at);
        }
    }
    m_rows.rows = std::move(rows);
    number();
}

/// -1 without neighbours.
double RowOrder::medianOf(const Neighbours& neighbours, int32_t point) const {
    m_scratch.clear();
    for (const int32_t* at = neighbours.from(point); at != neighbours.to(point); ++at)
        m_scratch.push_back(m_position[size_t(*at)]);
    if (m_scratch.empty()) return -1;
    std::ranges::sort(m_scratch);
    const size_t count = m_scratch.size(), middle = count / 2;
    if (count % 2 == 1) return m_scratch[middle];
    if (count == 2) return (m_scratch[0] + m_scratch[1]) / 2.0;
    // Leans to the side on which the neighbours are closer together (Gansner et al.).
    const double left = m_scratch[middle - 1] - m_scratch.front();
    const double right = m_scratch.back() - m_scratch[middle];
    if (left + right == 0) return (m_scratch[middle - 1] + m_scratch[middle]) / 2.0;
    return (m_scratch[middle - 1] * right + m_scratch[middle] * left) / (left + right);
}

/// Points without neighbours keep their places.
void RowOrder::sortRow(std::vector<int32_t>& row, const Neighbours& neighbours) {
    if (row.size() < 2) return;
    std::vector<std::pair<double, int32_t>> movable;
    std::vector<size_t> places;
    for (size_t i = 0; i < row.size(); ++i) {
        const double median = medianOf(neighbours, row[i]);
        if (median < 0) continue;
        movable.emplace_back(median, row[i]);
        places.push_back(i);
    }
    std::ranges::stable_sort(movable, {}, [](const auto& entry) { return entry.first; });
    for (size_t i = 0; i < places.size(); ++i)
        row[places[i]] = movable[i].second;
    numberRow(row);
}

void RowOrder::sweep(bool isDown) {
    const size_t count = m_rows.rows.size();
    for (size_t i = 1; i < count; ++i)
        sortRow(m_rows.rows[isDown ? i : count - 1 - i], isDown ? m_links.up : m_links.down);
}

/// Crossings of the edges of two neighbours, with `left` on the left.
int64_t RowOrder::crossingsOf(const Neighbours& neighbours, int32_t left, int32_t right) const {
    const auto positions = [&](int32_t point, std::vector<int32_t>& list) {
        list.clear();
        for (const int32_t* at = neighbours.from(point); at != neighbours.to(point); ++at)
            list.push_back(m_position[size_t(*at)]);
        std::ranges::sort(list);
    };
    positions(left, m_scratch);
    positions(right, m_other);
    int64_t count = 0;
    size_t smaller = 0;
    for (int32_t place : m_scratch) {
        while (smaller < m_other.size() && m_other[smaller] < place)
            ++smaller;
        count += int64_t(smaller);
    }
    return count;
}

bool RowOrder::improveRow(std::vector<int32_t>& row) {
    bool isImproved = false;
    for (size_t i = 0; i + 1 < row.size(); ++i) {
        const int32_t left = row[i], right = row[i + 1];
        int64_t now = 0, swapped = 0;
        for (const Neighbours* side : {&m_links.up, &m_links.down}) {
            now += crossingsOf(*side, left, right);
            swapped += crossingsOf(*side, right, left);
        }
        if (swapped >= now) continue;
        std::swap(row[i], row[i + 1]);
        std::swap(m_position[size_t(left)], m_position[size_t(right)]);
        isImproved = true;
    }
    return isImproved;
}

bool RowOrder::swapNeighbours(const types::Work& work) {
    bool isImproved = true;
    for (int round = 0; round < kSwapRounds && isImproved; ++round) {
        isImproved = false;
        for (auto& row : m_rows.rows) {
            if (work.isStopped()) return false;
            isImproved |= improveRow(row);
        }
    }
    return true;
}

/// Counts inversions of the lower ends in the order of the upper ones, with a Fenwick tree.
int64_t RowOrder::crossings() const {
    int64_t count = 0;
    std::vector<int32_t> tree;
    for (size_t r = 0; r + 1 < m_rows.rows.size(); ++r) {
        const auto& upper = m_rows.rows[r];
        if (upper.size() < 2) continue;
        const size_t width = m_rows.rows[r + 1].size();
        tree.assign(width + 1, 0);
        int64_t added = 0;
        for (int32_t point : upper) {
            m_scratch.clear();
            const Neighbours& down = m_links.down;
            for (const int32_t* at = down.from(point); at != down.to(point); ++at)
                m_scratch.push_back(m_position[size_t(*at)]);
            for (int32_t place : m_scratch) {
                int64_t before = 0;  // earlier edges that end at or left of this place
                for (int32_t i = place + 1; i > 0; i -= i & -i)
                    before += tree[size_t(i)];
                count += added - before;
            }
            for (int32_t place : m_scratch)
                for (auto i = size_t(place) + 1; i <= width; i += i & (~i + 1))
                    ++tree[i];
            added += int64_t(m_scratch.size());
        }
    }
    return count;
}

}  // namespace

int64_t countCrossings(const RankRows& rows, const RowLinks& links) {
    RankRows copy = rows;
    RowOrder order(copy, links);
    order.number();
    return order.crossings();
}

bool orderRows(RankRows& rows, const RowLinks& links, const types::Work& work) {
    RowOrder order(rows, links);
    order.walk();
    int64_t least = order.crossings();
    auto best = rows.rows;
    for (int sweep = 0, failures = 0; sweep < kMostSweeps && least > 0; ++sweep) {
        if (work.isStopped()) return false;
        order.sweep(sweep % 2 == 0);
        const int64_t now = order.crossings();
        if (now < least) {
            least = now;
            best = rows.rows;
            failures = 0;
        } else if (++failures == kPatience) {
            break;
        }
    }
    rows.rows = best;
    order.number();
    return least == 0 || order.swapNeighbours(work);
}

}  // namespace layout

// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/align_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace layout {
namespace {

constexpr int kPasses = 6;

/// A link that may become straight; the less, the sooner.
struct Candidate {
    int tier = 0;          ///< 0: node to node, 1: bend to bend, 2: others
    int32_t through = 0;   ///< rows of the longest path from node to node through it
    float fromMiddle = 0;  ///< of the neighbours of both ends
    int32_t upperPlace = 0, lowerPlace = 0;
    int32_t upper = 0, lower = 0;

    auto key() const { return std::tuple(tier, -through, fromMiddle, upperPlace, lowerPlace); }
};

/// For each point the one that it is straight above; -1: none.
class StraightRuns {
public:
    StraightRuns(const RankRows& rows, const RowLinks& links)
        : m_rows(rows), m_links(links), m_below(rows.points(), -1), m_place(rows.points(), 0) {
        for (const auto& row : rows.rows)
            for (size_t i = 0; i < row.size(); ++i)
                m_place[size_t(row[i])] = int32_t(i);
        findPaths();
    }

    bool choose(const types::Work& work) {
        for (size_t r = 0; r + 1 < m_rows.rows.size(); ++r) {
            if (r % 256 == 0 && work.isStopped()) return false;
            chooseBelow(m_rows.rows[r]);
        }
        return true;
    }
    int32_t below(int32_t point) const { return m_below[size_t(point)]; }

private:
    /// Distance of `of` from the middle of the neighbours, in places among them.
    float fromMiddle(const Neighbours& neighbours, int32_t point, int32_t of) const {
        float left = 0, count = 0;
        for (const int32_t* at = neighbours.from(point); at != neighbours.to(point); ++at) {
            left += m_place[size_t(*at)] < m_place[size_t(of)] ? 1.0f : 0.0f;
            count += 1;
        }
        return std::abs(left - (count - 1) / 2);
    }
    int tierOf(int32_t upper, int32_t lower) const {
        const bool a = m_rows.isBend(upper), b = m_rows.isBend(lower);
        return !a && !b ? 0 : a && b ? 1 : 2;
    }
    /// Longest paths from node to node that end at, and begin at, each node: the main path is
    /// straight because it is the longest.
    void findPaths() {
        m_above.assign(m_rows.points(), 0);
        m_beneath.assign(m_rows.points(), 0);
        const auto lengthen = [this](const std::vector<int32_t>& row, const Neighbours& next,
                                     std::vector<int32_t>& length) {
            for (int32_t point : row)
                for (const int32_t* at = next.from(point); at != next.to(point); ++at)
                    if (tierOf(point, *at) == 0)
                        length[size_t(*at)] =
                            std::max(length[size_t(*at)], length[size_t(point)] + 1);
        };
        for (size_t r = 0; r < m_rows.rows.size(); ++r)
            lengthen(m_rows.rows[r], m_links.down, m_above);
        for (size_t r = m_rows.rows.size(); r-- > 0;)
            lengthen(m_rows.rows[r], m_links.up, m_beneath);
    }
    std::vector<Candidate> candidatesBelow(const std::vector<int32_t>& row) const {
        // A node with thousands of neighbours lies in their middle anyway.
        constexpr std::ptrdiff_t kMostNeighbours = 64;
        std::vector<Candidate> candidates;
        for (int32_t upper : row) {
            const int32_t *from = m_links.down.from(upper), *to = m_links.down.to(upper);
            if (to - from > kMostNeighbours) continue;
            for (const int32_t* at = from; at != to; ++at) {
                if (m_links.up.to(*at) - m_links.up.from(*at) > kMostNeighbours) continue;
                candidates.push_back(
                    {tierOf(upper, *at), m_above[size_t(upper)] + m_beneath[size_t(*at)],
                     fromMiddle(m_links.down, upper, *at) + fromMiddle(m_links.up, *at, upper),
                     m_place[size_t(upper)], m_place[size_t(*at)], upper, *at});
            }
        }
        std::ranges::sort(candidates, {}, &Candidate::key);
        return candidates;
    }
    void chooseBelow(const std::vector<int32_t>& row) {
        std::map<int32_t, int32_t> taken;  // places above to places below, both ascending
        for (const Candidate& next : candidatesBelow(row)) {
            const auto after = taken.lower_bound(next.upperPlace);
            if (after != taken.end() &&
                (after->first == next.upperPlace || after->second <= next.lowerPlace))
                continue;
            if (after != taken.begin() && std::prev(after)->second >= next.lowerPlace) continue;
            taken.emplace_hint(after, next.upperPlace, next.lowerPlace);
            m_below[size_t(next.upper)] = next.lower;
        }
    }

    const RankRows& m_rows;
    const RowLinks& m_links;
    std::vector<int32_t> m_below;
    std::vector<int32_t> m_place;
    std::vector<int32_t> m_above, m_beneath;
};

/// Blocks and what keeps them apart.
class Blocks {
public:
    Blocks(const RankRows& rows, const RowLinks& links, const StraightRuns& runs,
           const std::vector<float>& widths, const RowGaps& gaps)
        : m_rows(rows), m_links(links) {
        gather(runs);
        for (const auto& row : rows.rows)
            for (size_t i = 0; i + 1 < row.size(); ++i) {
                const bool hasBend = rows.isBend(row[i]) || rows.isBend(row[i + 1]);
                const float gap = hasBend ? gaps.besideBend : gaps.betweenNodes;
                const float apart = (widths[size_t(row[i])] + widths[size_t(row[i + 1])]) / 2 + gap;
                const int32_t left = m_blockOf[size_t(row[i])];
                const int32_t right = m_blockOf[size_t(row[i + 1])];
                m_right[size_t(left)].push_back({right, apart});
                m_left[size_t(right)].push_back({left, apart});
            }
    }

    bool place(const types::Work& work) {
        sortLeftToRight();
        for (int32_t block : m_order)
            m_x[size_t(block)] = leastX(block);
        for (int pass = 0; pass < kPasses; ++pass) {
            if (work.isStopped()) return false;
            if (pass % 2 == 0)
                for (auto at = m_order.rbegin(); at != m_order.rend(); ++at)
                    settle(*at);
            else
                for (int32_t block : m_order)
                    settle(block);
        }
        return true;
    }
    float xOf(int32_t point) const { return m_x[size_t(m_blockOf[size_t(point)])]; }

private:
    struct Apart {
        int32_t block;
        float distance;
    };

    void gather(const StraightRuns& runs) {
        m_blockOf.assign(m_rows.points(), -1);
        for (const auto& row : m_rows.rows)
            for (int32_t point : row) {
                if (m_blockOf[size_t(point)] >= 0) continue;
                const auto block = int32_t(m_points.size());
                m_points.emplace_back();
                for (int32_t at = point; at >= 0; at = runs.below(at)) {
                    m_blockOf[size_t(at)] = block;
                    m_points.back().push_back(at);
                }
            }
        m_left.resize(m_points.size());
        m_right.resize(m_points.size());
        m_x.assign(m_points.size(), 0);
    }

    /// Straight runs do not cross, so "left of" has no circles.
    void sortLeftToRight() {
        std::vector<size_t> waits(m_points.size());
        for (size_t block = 0; block < m_points.size(); ++block) {
            waits[block] = m_left[block].size();
            if (waits[block] == 0) m_order.push_back(int32_t(block));
        }
        for (size_t i = 0; i < m_order.size(); ++i)
            for (const Apart& next : m_right[size_t(m_order[i])])
                if (--waits[size_t(next.block)] == 0) m_order.push_back(next.block);
    }

    float leastX(int32_t block) const {
        float least = m_left[size_t(block)].empty() ? 0 : -std::numeric_limits<float>::max();
        for (const Apart& left : m_left[size_t(block)])
            least = std::max(least, m_x[size_t(left.block)] + left.distance);
        return least;
    }
    float mostX(int32_t block) const {
        float most = std::numeric_limits<float>::max();
        for (const Apart& right : m_right[size_t(block)])
            most = std::min(most, m_x[size_t(right.block)] - right.distance);
        return most;
    }

    void settle(int32_t block) {
        m_wishes.clear();
        for (int32_t point : m_points[size_t(block)])
            for (const Neighbours* side : {&m_links.up, &m_links.down})
                for (const int32_t* at = side->from(point); at != side->to(point); ++at)
                    if (m_blockOf[size_t(*at)] != block) m_wishes.push_back(xOf(*at));
        if (m_wishes.empty()) return;
        const size_t middle = m_wishes.size() / 2;
        std::ranges::sort(m_wishes);
        float wish = m_wishes[middle];
        if (m_wishes.size() % 2 == 0) wish = (wish + m_wishes[middle - 1]) / 2;
        const float least = m_left[size_t(block)].empty() ? wish : leastX(block);
        // Where both limits meet, rounding may put them in the wrong order; the left one holds.
        m_x[size_t(block)] = std::max(std::min(wish, mostX(block)), least);
    }

    const RankRows& m_rows;
    const RowLinks& m_links;
    std::vector<int32_t> m_blockOf;              ///< per point
    std::vector<std::vector<int32_t>> m_points;  ///< per block
    std::vector<std::vector<Apart>> m_left, m_right;
    std::vector<int32_t> m_order;
    std::vector<float> m_x;
    std::vector<float> m_wishes;
};

}  // namespace

std::vector<float> alignRows(const RankRows& rows, const RowLinks& links,
                             const std::vector<float>& widths, const RowGaps& gaps,
                             const types::Work& work) {
    StraightRuns runs(rows, links);
    if (!runs.choose(work)) return {};
    Blocks blocks(rows, links, runs, widths, gaps);
    if (!blocks.place(work)) return {};
    std::vector<float> x(rows.points());
    float left = std::numeric_limits<float>::max();
    for (int32_t point = 0; point < int32_t(rows.points()); ++point) {
        x[size_t(point)] = blocks.xOf(point);
        left = std::min(left, x[size_t(point)] - widths[size_t(point)] / 2);
    }
    for (float& centre : x)
        centre -= left;
    return x;
}

}  // namespace layout

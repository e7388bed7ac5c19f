// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/hypervolume.h"

#include <algorithm>

namespace views {
namespace {

/// value(x) = slope x + start
struct AreaLine {
    double slope = 0, start = 0;
    int from = -1;
    double at(double x) const { return slope * x + start; }
};

/// The upper hull of lines whose slopes rise, asked at places that rise.
class RisingHull {
public:
    void add(const AreaLine& line) {
        while (m_lines.size() >= m_next + 2 && isHidden(m_lines[m_lines.size() - 2], line))
            m_lines.pop_back();
        m_lines.push_back(line);
    }
    const AreaLine& highestAt(double x) {
        while (m_next + 1 < m_lines.size() && m_lines[m_next + 1].at(x) >= m_lines[m_next].at(x))
            ++m_next;
        return m_lines[m_next];
    }
    bool isEmpty() const { return m_lines.empty(); }

private:
    /// True where the last line is nowhere above both others.
    bool isHidden(const AreaLine& before, const AreaLine& after) const {
        const AreaLine& last = m_lines.back();
        return (after.start - before.start) * (last.slope - before.slope) >=
               (last.start - before.start) * (after.slope - before.slope);
    }
    std::vector<AreaLine> m_lines;
    size_t m_next = 0;
};

}  // namespace

double dominatedArea(const std::vector<PlanePoint>& front, const PlanePoint& reference) {
    double area = 0;
    for (size_t i = 0; i < front.size(); ++i) {
        const double next = i + 1 < front.size() ? front[i + 1].x : reference.x;
        area += (next - front[i].x) * (reference.y - front[i].y);
    }
    return area;
}

std::vector<double> areaContributions(const std::vector<PlanePoint>& front,
                                      const PlanePoint& reference) {
    std::vector<double> contributions;
    for (size_t i = 0; i < front.size(); ++i) {
        const double right = i + 1 < front.size() ? front[i + 1].x : reference.x;
        const double above = i > 0 ? front[i - 1].y : reference.y;
        contributions.push_back((right - front[i].x) * (above - front[i].y));
    }
    return contributions;
}

std::vector<int> widestSubset(const std::vector<PlanePoint>& front, const PlanePoint& reference,
                              int count) {
    const size_t n = front.size();
    const size_t rounds = std::min(n, static_cast<size_t>(std::max(count, 0)));
    if (rounds == 0) return {};
    // reached[i]: the area left of point i under the best `round` points that end with it.
    std::vector<double> reached(n, 0);
    std::vector<std::vector<int>> before(rounds, std::vector<int>(n, -1));
    const auto height = [&](size_t i) { return reference.y - front[i].y; };
    for (size_t round = 1; round < rounds; ++round) {
        RisingHull hull;
        std::vector<double> next(n, 0);
        for (size_t i = 0; i < n; ++i) {
            if (!hull.isEmpty()) {
                const AreaLine& best = hull.highestAt(front[i].x);
                next[i] = best.at(front[i].x);
                before[round][i] = best.from;
            }
            // Fewer points than the round has do not end here.
            if (i + 1 >= round)
                hull.add({height(i), reached[i] - front[i].x * height(i), static_cast<int>(i)});
        }
        reached = std::move(next);
    }
    size_t end = rounds - 1;
    const auto total = [&](size_t i) {
        return reached[i] + (reference.x - front[i].x) * height(i);
    };
    for (size_t i = rounds - 1; i < n; ++i)
        if (total(i) > total(end)) end = i;
    std::vector<int> chosen;
    for (size_t round = rounds; round-- > 0;) {
        chosen.push_back(static_cast<int>(end));
        if (round > 0) end = static_cast<size_t>(before[round][end]);
    }
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace views

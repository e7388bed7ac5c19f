// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace views {

bool ParetoFront::insert(double x, double y, int id) {
    if (std::isnan(x) || std::isnan(y)) return false;
    const double costX = m_signX * x, costY = m_signY * y;
    auto after = m_steps.upper_bound(costX);
    if (after != m_steps.begin()) {
        const auto before = std::prev(after);
        const bool isEqual = before->first == costX && before->second.costY == costY;
        if (isEqual) before->second.ids.push_back(id);
        if (before->second.costY <= costY) return isEqual;
        if (before->first == costX) after = m_steps.erase(before);
    }
    while (after != m_steps.end() && after->second.costY >= costY)
        after = m_steps.erase(after);
    m_steps.emplace_hint(after, costX, Step{costY, {id}});
    return true;
}

std::vector<int> ParetoFront::ids() const {
    std::vector<int> ids;
    for (const auto& [cost, step] : m_steps)
        ids.insert(ids.end(), step.ids.begin(), step.ids.end());
    if (m_signX < 0) std::reverse(ids.begin(), ids.end());
    return ids;
}

std::vector<int> paretoFront(const std::vector<PlanePoint>& points, bool higherX, bool higherY) {
    // With signs such that lower is better, visit points from the best x on: a point is on the
    // front if its y is better than all before it, or if it equals the front's last point.
    const double signX = higherX ? -1 : 1, signY = higherY ? -1 : 1;
    const auto costX = [&](int i) { return signX * points[static_cast<size_t>(i)].x; };
    const auto costY = [&](int i) { return signY * points[static_cast<size_t>(i)].y; };
    std::vector<int> order(points.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        if (costX(a) != costX(b)) return costX(a) < costX(b);
        return costY(a) != costY(b) ? costY(a) < costY(b) : a < b;
    });

    std::vector<int> front;
    double bestY = std::numeric_limits<double>::infinity();
    for (int i : order) {
        const bool equalsLast =
            !front.empty() && costX(i) == costX(front.back()) && costY(i) == costY(front.back());
        if (costY(i) < bestY || equalsLast) front.push_back(i);
        bestY = std::min(bestY, costY(i));
    }
    if (higherX) std::reverse(front.begin(), front.end());
    return front;
}

}  // namespace views

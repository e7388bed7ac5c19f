// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/pareto.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace views {

std::vector<int> paretoFront(const std::vector<FrontPoint>& points, bool higherX, bool higherY) {
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Pareto front of points in two quantities: points that no other point beats in one quantity
// without being worse in the other. Equal points are all on the front.

#include <map>
#include <vector>

namespace views {

struct PlanePoint {
    double x = 0, y = 0;
};

/// The front as points arrive: a point costs O(log n), once for its arrival and once for its
/// removal.
class ParetoFront {
public:
    /// `higherX`, `higherY`: higher is better.
    explicit ParetoFront(bool higherX = false, bool higherY = false)
        : m_signX(higherX ? -1 : 1), m_signY(higherY ? -1 : 1) {}

    /// Returns true where the point is on the front now. `id` is the caller's name for it; a point
    /// that lacks a value (NaN) never is.
    bool insert(double x, double y, int id);
    /// By ascending x.
    std::vector<int> ids() const;

private:
    struct Step {
        double costY = 0;
        std::vector<int> ids;
    };
    double m_signX, m_signY;
    std::map<double, Step> m_steps;  ///< by the cost in x; costs in y fall
};

/// Returns the indices of the points on the front, by ascending x: by sorting all, against which
/// ParetoFront is tested.
std::vector<int> paretoFront(const std::vector<PlanePoint>& points, bool higherX, bool higherY);

}  // namespace views

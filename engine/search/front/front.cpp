// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/front/front.h"

#include <algorithm>
#include <cmath>

namespace search {
namespace {

/// Points of a leaf before it is divided.
constexpr size_t kLeafPoints = 20;

bool isNoWorse(const Objectives& a, const Objectives& b) {
    for (size_t i = 0; i < a.size(); ++i)
        if (a[i] > b[i]) return false;
    return true;
}

double distance(const Objectives& a, const Objectives& b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

}  // namespace

bool dominates(const Objectives& a, const Objectives& b) {
    return a != b && isNoWorse(a, b);
}

/// A box around its points: `best` and `worst` hold the least and greatest value of each objective.
/// They may be wider than the points that are left.
struct Front::Node {
    Objectives best, worst;
    std::vector<FrontPoint> points;  ///< of a leaf
    std::vector<std::unique_ptr<Node>> children;

    bool isEmpty() const { return points.empty() && children.empty(); }

    void widen(const Objectives& values) {
        if (best.empty()) best = worst = values;
        for (size_t i = 0; i < values.size(); ++i) {
            best[i] = std::min(best[i], values[i]);
            worst[i] = std::max(worst[i], values[i]);
        }
    }

    void collect(std::vector<FrontPoint>& all) const {
        all.insert(all.end(), points.begin(), points.end());
        for (const auto& child : children)
            child->collect(all);
    }

    /// Removes what the values dominate. False where they are dominated themselves; then nothing
    /// was removed, since a front with a point that dominates the new one holds none that the new
    /// one dominates.
    bool update(const Objectives& values, std::vector<int64_t>& gone) {
        if (isEmpty()) return true;
        if (dominates(worst, values)) return false;
        if (dominates(values, best)) {
            std::vector<FrontPoint> all;
            collect(all);
            for (const FrontPoint& point : all)
                gone.push_back(point.id);
            points.clear();
            children.clear();
            return true;
        }
        if (!isNoWorse(best, values) && !isNoWorse(values, worst)) return true;
        for (const auto& child : children)
            if (!child->update(values, gone)) return false;
        std::erase_if(children, [](const auto& child) { return child->isEmpty(); });
        for (const FrontPoint& point : points)
            if (dominates(point.values, values)) return false;
        std::erase_if(points, [&](const FrontPoint& point) {
            const bool leaves = dominates(values, point.values);
            if (leaves) gone.push_back(point.id);
            return leaves;
        });
        return true;
    }

    double distanceTo(const Objectives& values) const {
        Objectives middle = best;
        for (size_t i = 0; i < middle.size(); ++i)
            middle[i] = (best[i] + worst[i]) / 2;
        return distance(middle, values);
    }

    Node& nearest(const Objectives& values) const {
        return **std::ranges::min_element(
            children, {}, [&](const auto& child) { return child->distanceTo(values); });
    }

    void add(FrontPoint point) {
        widen(point.values);
        if (!children.empty()) return nearest(point.values).add(std::move(point));
        points.push_back(std::move(point));
        if (points.size() > kLeafPoints) divide();
    }

    /// The children begin with points far from each other; the others join the nearest.
    void divide() {
        const size_t wanted = points[0].values.size() + 1;
        std::vector<FrontPoint> rest = std::move(points);
        points.clear();
        while (children.size() < wanted) {
            const auto apart = [&](const FrontPoint& point) {
                double least = children.empty() ? distance(point.values, best) : HUGE_VAL;
                for (const auto& child : children)
                    least = std::min(least, distance(point.values, child->points[0].values));
                return least;
            };
            const auto farthest = std::ranges::max_element(rest, {}, apart);
            // Equal points stay in one leaf, whatever their number.
            if (!children.empty() && apart(*farthest) == 0) break;
            children.push_back(std::make_unique<Node>());
            children.back()->widen(farthest->values);
            children.back()->points.push_back(std::move(*farthest));
            rest.erase(farthest);
        }
        if (children.size() == 1) {
            points = std::move(rest);
            points.push_back(std::move(children[0]->points[0]));
            children.clear();
            return;
        }
        for (FrontPoint& point : rest)
            nearest(point.values).add(std::move(point));
    }
};

Front::Front() : m_root(std::make_unique<Node>()) {}
Front::~Front() = default;
Front::Front(Front&&) noexcept = default;
Front& Front::operator=(Front&&) noexcept = default;

bool Front::insert(FrontPoint point, std::vector<int64_t>& gone) {
    if (!m_root->update(point.values, gone)) return false;
    if (m_root->isEmpty()) *m_root = Node();
    m_root->add(std::move(point));
    return true;
}

std::vector<FrontPoint> Front::points() const {
    std::vector<FrontPoint> all;
    m_root->collect(all);
    std::ranges::sort(all, [](const FrontPoint& a, const FrontPoint& b) {
        return a.values != b.values ? a.values < b.values : a.id < b.id;
    });
    return all;
}

size_t Front::size() const {
    std::vector<FrontPoint> all;
    m_root->collect(all);
    return all.size();
}

}  // namespace search

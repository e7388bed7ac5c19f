// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/front/exact_hypervolume.h"

#include <algorithm>
#include <map>

namespace search {
namespace {

/// Area of points in two objectives; they are sorted by the first.
double areaOf(const std::vector<Objectives>& points, const Objectives& reference) {
    double area = 0, lowest = reference[1];
    for (const Objectives& point : points) {
        if (point[1] >= lowest) continue;
        area += (reference[0] - point[0]) * (lowest - point[1]);
        lowest = point[1];
    }
    return area;
}

/// The staircase of two objectives, grown point by point, with its area.
class Staircase {
public:
    explicit Staircase(const Objectives& reference) : m_reference(reference) {
        m_steps[-1e308] = reference[1];
        m_steps[reference[0]] = -1e308;
    }

    double area() const { return m_area; }

    void add(double x, double y) {
        auto right = m_steps.lower_bound(x);
        const auto before = right->first == x ? right : std::prev(right);
        if (before->second <= y) return;
        double height = std::prev(m_steps.lower_bound(x))->second, from = x;
        // Each step that the new one covers gave the area between the old height and y.
        while (right->second >= y) {
            m_area += (right->first - from) * (height - y);
            from = right->first;
            height = right->second;
            right = m_steps.erase(right);
        }
        m_area += (right->first - from) * (height - y);
        m_steps[x] = y;
    }

private:
    const Objectives& m_reference;
    std::map<double, double> m_steps;  ///< second objective by the first
    double m_area = 0;
};

/// Volume of points in three objectives, which are sorted by the third.
double volumeOf(const std::vector<Objectives>& points, const Objectives& reference) {
    Staircase stairs(reference);
    double volume = 0;
    for (size_t i = 0; i < points.size(); ++i) {
        stairs.add(points[i][0], points[i][1]);
        const double next = i + 1 < points.size() ? points[i + 1][2] : reference[2];
        volume += stairs.area() * (next - points[i][2]);
    }
    return volume;
}

std::vector<Objectives> nondominated(const std::vector<Objectives>& points) {
    Front front;
    std::vector<int64_t> gone;
    for (const Objectives& point : points)
        front.insert({0, point}, gone);
    std::vector<Objectives> kept;
    for (FrontPoint& point : front.points())
        if (kept.empty() || kept.back() != point.values) kept.push_back(std::move(point.values));
    return kept;
}

double boxOf(const Objectives& point, const Objectives& reference) {
    double volume = 1;
    for (size_t i = 0; i < point.size(); ++i)
        volume *= reference[i] - point[i];
    return volume;
}

double exactVolume(std::vector<Objectives> points, const Objectives& reference);

/// Volume that only `point` dominates, beside `others`.
double exclusiveVolume(const Objectives& point, const std::vector<Objectives>& others,
                       const Objectives& reference) {
    std::vector<Objectives> limited;
    for (Objectives other : others) {
        for (size_t i = 0; i < other.size(); ++i)
            other[i] = std::max(other[i], point[i]);
        limited.push_back(std::move(other));
    }
    return boxOf(point, reference) - exactVolume(nondominated(limited), reference);
}

/// `points` are better than the reference in every objective.
double exactVolume(std::vector<Objectives> points, const Objectives& reference) {
    if (points.empty()) return 0;
    const size_t last = reference.size() - 1;
    if (last == 0) return reference[0] - std::ranges::min(points)[0];
    const size_t along = last == 1 ? 0 : last;
    std::ranges::sort(points, [&](const Objectives& a, const Objectives& b) {
        return a[along] != b[along] ? a[along] < b[along] : a < b;
    });
    if (last == 1) return areaOf(points, reference);
    if (last == 2) return volumeOf(points, reference);
    double volume = 0;
    for (; !points.empty();) {
        const Objectives point = std::move(points.back());
        points.pop_back();
        volume += exclusiveVolume(point, points, reference);
    }
    return volume;
}

std::vector<Objectives> inside(const std::vector<Objectives>& points, const Objectives& reference) {
    std::vector<Objectives> better;
    for (const Objectives& point : points) {
        bool isBetter = true;
        for (size_t i = 0; i < point.size(); ++i)
            isBetter = isBetter && point[i] < reference[i];
        if (isBetter) better.push_back(point);
    }
    return better;
}

}  // namespace

double hypervolume(std::vector<Objectives> points, const Objectives& reference) {
    return exactVolume(nondominated(inside(points, reference)), reference);
}

std::vector<size_t> mostContributing(const std::vector<Objectives>& points,
                                     const Objectives& reference, size_t count) {
    std::vector<size_t> chosen;
    std::vector<Objectives> taken;
    std::vector<bool> isTaken(points.size(), false);
    while (chosen.size() < std::min(count, points.size())) {
        size_t best = points.size();
        double most = -1;
        for (size_t i = 0; i < points.size(); ++i) {
            if (isTaken[i]) continue;
            std::vector<Objectives> with = taken;
            with.push_back(points[i]);
            const double volume = hypervolume(std::move(with), reference);
            if (volume <= most) continue;
            most = volume;
            best = i;
        }
        isTaken[best] = true;
        chosen.push_back(best);
        taken.push_back(points[best]);
    }
    return chosen;
}

}  // namespace search

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace views {
namespace {

using Places = std::vector<std::optional<QRectF>>;

/// Every other point is farther from a name than its own by this factor, to avoid ambiguity.
constexpr double kClearly = 1.5;

/// The preferred place is right above the point.
std::array<QRectF, 4> candidatesOf(const NamedPoint& point, double gap) {
    const double right = gap, left = -gap - point.name.width();
    const double above = -gap - point.name.height(), below = gap;
    std::array<QRectF, 4> rects;
    size_t next = 0;
    for (const double x : {right, left})
        for (const double y : {above, below})
            rects[next++] = QRectF(point.at + QPointF(x, y), point.name);
    return rects;
}

double distance(const QRectF& rect, const QPointF& point) {
    const double x = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
    const double y = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
    return std::hypot(x, y);
}

bool crosses(const QLineF& stroke, const QRectF& rect) {
    if (rect.contains(stroke.p1())) return true;
    for (const QLineF& side :
         {QLineF(rect.topLeft(), rect.topRight()), QLineF(rect.bottomLeft(), rect.bottomRight()),
          QLineF(rect.topLeft(), rect.bottomLeft()), QLineF(rect.topRight(), rect.bottomRight())})
        if (stroke.intersects(side, nullptr) == QLineF::BoundedIntersection) return true;
    return false;
}

bool isOnlyOf(size_t owner, const QRectF& rect, const std::vector<NamedPoint>& points) {
    const QPointF own = points[owner].at;
    return std::none_of(points.begin(), points.end(), [&](const NamedPoint& other) {
        return other.at != own && distance(rect, other.at) < kClearly * distance(rect, own);
    });
}

bool isFree(const QRectF& rect, const Places& places) {
    return std::none_of(places.begin(), places.end(),
                        [&](const auto& place) { return place && place->intersects(rect); });
}

int64_t strokesOn(const QRectF& rect, const std::vector<NamedPoint>& points) {
    int64_t count = 0;
    for (const NamedPoint& point : points)
        count += std::count_if(point.strokes.begin(), point.strokes.end(),
                               [&](const QLineF& stroke) { return crosses(stroke, rect); });
    return count;
}

}  // namespace

Places placeLabels(const std::vector<NamedPoint>& points, const QRectF& area, double gap) {
    Places places(points.size());
    for (size_t i = 0; i < points.size(); ++i) {
        int64_t fewest = 0;
        for (const QRectF& rect : candidatesOf(points[i], gap)) {
            if (!area.contains(rect) || !isFree(rect, places) || !isOnlyOf(i, rect, points))
                continue;
            const int64_t strokes = strokesOn(rect, points);
            if (places[i] && strokes >= fewest) continue;
            fewest = strokes;
            places[i] = rect;
        }
    }
    return places;
}

}  // namespace views

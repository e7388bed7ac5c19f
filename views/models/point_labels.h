// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Places the names of points in a plot: beside their own point and clearly closer to it than to any
// other, without covering names or points. A name without such a place is left out; the tool tip
// shows it.

#include <QLineF>
#include <QRectF>
#include <optional>
#include <vector>

namespace views {

struct NamedPoint {
    QPointF at;
    QSizeF name;
    std::vector<QLineF> strokes;  ///< its bars, which names should not cover
};

/// In pixels; one place per point, and earlier points choose first. `gap`: distance of point and
/// name.
std::vector<std::optional<QRectF>> placeLabels(const std::vector<NamedPoint>& points,
                                               const QRectF& area, double gap);

}  // namespace views

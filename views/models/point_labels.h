// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the names of points in a plot stand: beside their own point and clearly nearer to it than
// to any other, over no other name and no other point. A name without such a place is left out: the
// tool tip has it.

#include <QLineF>
#include <QRectF>
#include <optional>
#include <vector>

namespace views {

struct NamedPoint {
    QPointF at;
    QSizeF name;
    std::vector<QLineF> strokes;  ///< its bars, which names rather do not lie on
};

/// In pixels; one place a point, the first points choose first. `gap`: between point and name.
std::vector<std::optional<QRectF>> placeLabels(const std::vector<NamedPoint>& points,
                                               const QRectF& area, double gap);

}  // namespace views

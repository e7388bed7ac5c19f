// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paints the scale of a chart that paints itself: grid lines, the ticks' texts outside of the area,
// and the title beyond them.

#include <QPainter>

#include "views/models/axis_ticks.h"

namespace views {

/// Below the area (Horizontal), or left of it with the title at the left edge (Vertical). Text has
/// the painter's font.
void paintScale(QPainter& painter, const QRectF& area, const AxisRange& range,
                const std::vector<AxisTick>& ticks, const QString& title,
                Qt::Orientation orientation, const QPalette& palette);

}  // namespace views

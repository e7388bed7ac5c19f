// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/scale_painting.h"

#include <algorithm>

#include "views/colors.h"

namespace views {
namespace {

constexpr double kTickGap = 4;

void paintTitleAcross(QPainter& painter, const QRectF& area, const QString& title, double line) {
    painter.drawText(QRectF(area.left() - 200, area.bottom() + line, area.width() + 400, line),
                     Qt::AlignCenter, title);
}

void paintTitleUpward(QPainter& painter, const QRectF& area, const QString& title, double line) {
    painter.save();
    painter.translate(0, area.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-area.height() / 2, 0, area.height(), line), Qt::AlignCenter, title);
    painter.restore();
}

}  // namespace

void paintScale(QPainter& painter, const QRectF& area, const AxisRange& range,
                const std::vector<AxisTick>& ticks, const QString& title,
                Qt::Orientation orientation, const QPalette& palette) {
    const bool isX = orientation == Qt::Horizontal;
    const double line = QFontMetricsF(painter.font()).height();
    for (const AxisTick& tick : ticks) {
        const double share = range.shareOf(tick.value);
        const QPointF foot(area.left() + (isX ? area.width() * share : 0),
                           area.bottom() - (isX ? 0 : area.height() * share));
        painter.setPen(QPen(lineColor(palette), 1));
        painter.drawLine(foot,
                         isX ? QPointF(foot.x(), area.top()) : QPointF(area.right(), foot.y()));
        painter.setPen(palette.color(QPalette::WindowText));
        const QRectF room =
            isX ? QRectF(foot.x() - 50, foot.y() + 2, 100, line)
                : QRectF(0, std::min(foot.y(), area.bottom() - line / 2 + 2) - line / 2,
                         area.left() - kTickGap, line);
        painter.drawText(room, isX ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter,
                         tick.text);
    }
    painter.setPen(mutedColor(palette));
    if (isX)
        paintTitleAcross(painter, area, title, line);
    else
        paintTitleUpward(painter, area, title, line);
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/legend_strip.h"

#include <QPainter>

namespace views {
namespace {

constexpr int kSquare = 10, kGap = 6, kBetween = 16;

}  // namespace

void LegendStrip::setGroups(std::vector<OpGroup> groups) {
    m_groups = std::move(groups);
    QStringList names;
    for (OpGroup group : m_groups)
        names << opGroupName(group);
    setToolTip(names.join(", "));
    updateGeometry();
    update();
}

QSize LegendStrip::sizeHint() const {
    int width = 0;
    for (OpGroup group : m_groups)
        width += kSquare + kGap + fontMetrics().horizontalAdvance(opGroupName(group)) + kBetween;
    return {width, fontMetrics().height()};
}

void LegendStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    int x = 0;
    for (OpGroup group : m_groups) {
        const QString name = opGroupName(group);
        const int end = x + kSquare + kGap + fontMetrics().horizontalAdvance(name);
        if (end > width()) return;
        painter.fillRect(x, (height() - kSquare) / 2 + 1, kSquare, kSquare, opGroupColor(group));
        painter.setPen(mutedColor(palette()));
        painter.drawText(x + kSquare + kGap, 0, width(), height(), Qt::AlignVCenter, name);
        x = end + kBetween;
    }
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/legend_strip.h"

#include <QPainter>

namespace views {
namespace {

constexpr int kSquare = 10, kGap = 6, kBetween = 16;

}  // namespace

void LegendStrip::setGroups(std::vector<OpGroup> groups, bool withOriginal) {
    m_groups = std::move(groups);
    m_withOriginal = withOriginal;
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
    painter.setPen(mutedColor(palette()));
    if (m_withOriginal) {
        const QString name = tr("original");
        painter.drawLine(x, height() / 2, x + 2 * kSquare, height() / 2);
        painter.drawText(x + 2 * kSquare + kGap, 0, width(), height(), Qt::AlignVCenter, name);
        x += 2 * kSquare + kGap + fontMetrics().horizontalAdvance(name) + kBetween;
    }
    for (OpGroup group : m_groups) {
        const QString name = opGroupName(group);
        const int end = x + kSquare + kGap + fontMetrics().horizontalAdvance(name);
        if (end > width()) return;
        painter.fillRect(x, (height() - kSquare) / 2 + 1, kSquare, kSquare, opGroupColor(group));
        painter.drawText(x + kSquare + kGap, 0, width(), height(), Qt::AlignVCenter, name);
        x = end + kBetween;
    }
}

}  // namespace views

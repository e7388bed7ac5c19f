// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/legend_strip.h"

#include <QPainter>

namespace views {
namespace {

constexpr int kSquare = 10, kLegendGap = 6, kBetween = 16;

}  // namespace

void LegendStrip::setItems(std::vector<Item> items) {
    m_items = std::move(items);
    QStringList names;
    for (const Item& item : m_items)
        names << item.name;
    setToolTip(names.join(", "));
    updateGeometry();
    update();
}

void LegendStrip::setClasses(const std::vector<OpClass>& classes, bool withOriginal) {
    m_withOriginal = withOriginal;
    std::vector<Item> items;
    for (OpClass opClass : classes)
        items.push_back({opClassName(opClass), opClassColor(opClass)});
    setItems(std::move(items));
}

int LegendStrip::widthOf(const Item& item) const {
    return kSquare + kLegendGap + fontMetrics().horizontalAdvance(item.name) + kBetween;
}

/// How many items have room, beside the number of the others.
size_t LegendStrip::fitting(int width) const {
    int all = -kBetween;
    for (const Item& item : m_items)
        all += widthOf(item);
    if (all <= width) return m_items.size();
    size_t count = 0;
    for (int room = width - fontMetrics().horizontalAdvance("+99"); count < m_items.size(); ++count)
        if ((room -= widthOf(m_items[count])) < 0) break;
    return count;
}

QSize LegendStrip::sizeHint() const {
    int width = 0;
    for (const Item& item : m_items)
        width += widthOf(item);
    return {width, fontMetrics().height()};
}

void LegendStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    int x = 0;
    painter.setPen(mutedColor(palette()));
    if (m_withOriginal) {
        const QString name = tr("original");
        painter.drawLine(x, height() / 2, x + 2 * kSquare, height() / 2);
        painter.drawText(x + 2 * kSquare + kLegendGap, 0, width(), height(), Qt::AlignVCenter,
                         name);
        x += 2 * kSquare + kLegendGap + fontMetrics().horizontalAdvance(name) + kBetween;
    }
    const size_t shown = fitting(width() - x);
    for (size_t i = 0; i < shown; ++i) {
        painter.fillRect(x, (height() - kSquare) / 2 + 1, kSquare, kSquare, m_items[i].color);
        painter.drawText(x + kSquare + kLegendGap, 0, width(), height(), Qt::AlignVCenter,
                         m_items[i].name);
        x += widthOf(m_items[i]);
    }
    if (shown < m_items.size())
        painter.drawText(x, 0, width(), height(), Qt::AlignVCenter,
                         tr("+%1").arg(m_items.size() - shown));
}

}  // namespace views

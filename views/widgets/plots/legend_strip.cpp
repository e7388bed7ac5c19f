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

QSize LegendStrip::sizeHint() const {
    int width = 0;
    for (const Item& item : m_items)
        width += kSquare + kLegendGap + fontMetrics().horizontalAdvance(item.name) + kBetween;
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
    for (const Item& item : m_items) {
        const int end = x + kSquare + kLegendGap + fontMetrics().horizontalAdvance(item.name);
        if (end > width()) return;
        painter.fillRect(x, (height() - kSquare) / 2 + 1, kSquare, kSquare, item.color);
        painter.drawText(x + kSquare + kLegendGap, 0, width(), height(), Qt::AlignVCenter,
                         item.name);
        x = end + kBetween;
    }
}

}  // namespace views

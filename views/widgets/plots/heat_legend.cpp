// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/heat_legend.h"

#include <QPainter>

#include "views/colors.h"

namespace views {
namespace {

constexpr int kBarWidth = 96, kBarHeight = 10, kTextGap = 6;

}  // namespace

HeatLegend::HeatLegend(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HeatLegend::setScale(const HeatScale& scale, const QString& reason) {
    m_scale = scale;
    m_reason = reason;
    const QString words =
        scale.isEmpty()
            ? tr("No value is known: %1").arg(reason)
            : tr("Colours from %1 to %2").arg(textOf(scale.first()), textOf(scale.last()));
    setToolTip(words);
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(words);
    updateGeometry();
    update();
}

QString HeatLegend::textOf(double value) const {
    return tickText(info(m_scale.metric()).unit, value);
}

QSize HeatLegend::sizeHint() const {
    const int texts = fontMetrics().horizontalAdvance(textOf(m_scale.first())) +
                      fontMetrics().horizontalAdvance(textOf(m_scale.last()));
    return {texts + 2 * kTextGap + kBarWidth, fontMetrics().height() + 4};
}

QSize HeatLegend::minimumSizeHint() const {
    return {40, fontMetrics().height() + 4};
}

void HeatLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(mutedColor(palette()));
    if (m_scale.isEmpty()) {
        const QString text = kUnknown + ' ' + m_reason;
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideRight, width()));
        return;
    }
    const QString first = textOf(m_scale.first()), last = textOf(m_scale.last());
    const int before = fontMetrics().horizontalAdvance(first) + kTextGap;
    const int after = fontMetrics().horizontalAdvance(last) + kTextGap;
    const int wide = std::min(kBarWidth, std::max(8, width() - before - after));
    painter.drawText(0, 0, before, height(), Qt::AlignLeft | Qt::AlignVCenter, first);
    const QRect bar(before, (height() - kBarHeight) / 2 + 1, wide, kBarHeight);
    for (int x = 0; x < bar.width(); ++x)
        painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(),
                         m_scale.colorAt((x + 0.5) / bar.width(), palette()));
    painter.setPen(lineColor(palette()));
    painter.drawRect(bar.adjusted(0, 0, -1, -1));
    painter.setPen(mutedColor(palette()));
    painter.drawText(bar.right() + 1 + kTextGap, 0, after, height(),
                     Qt::AlignLeft | Qt::AlignVCenter, last);
}

}  // namespace views

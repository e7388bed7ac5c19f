// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/summary_card.h"

#include <QPainter>

#include "views/colors.h"

namespace views {
namespace {

constexpr int kCardPadding = 12;
constexpr int kRadius = 6;
constexpr int kHairLine = 3;
constexpr int kTipColumns = 60;

/// Lines of a tool tip, which Qt makes as long as their texts.
QString wrappedTip(const QString& text) {
    QStringList lines;
    for (const QString& paragraph : text.split('\n')) {
        lines << QString();
        for (const QString& word : paragraph.split(' ')) {
            if (!lines.last().isEmpty() && lines.last().size() + word.size() >= kTipColumns)
                lines << QString();
            lines.last() += (lines.last().isEmpty() ? "" : " ") + word;
        }
    }
    return lines.join('\n');
}

}  // namespace

SummaryCard::SummaryCard(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SummaryCard::setContent(CardContent content) {
    m_content = std::move(content);
    setToolTip(wrappedTip(m_content.toolTip));
    setAccessibleName(
        QStringList{m_content.title, m_content.value, m_content.change, m_content.note}.join(", "));
    update();
}

void SummaryCard::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    update();
}

/// One size larger than a heading, or the largest that fits the card.
QFont SummaryCard::valueFont() const {
    QFont large = font();
    const double wide = width() - 2 * kCardPadding;
    for (double scale : {1.6, 1.45, 1.3, 1.15, 1.0}) {
        large.setPointSizeF(font().pointSizeF() * scale);
        if (QFontMetrics(large).horizontalAdvance(m_content.value) <= wide) break;
    }
    return large;
}

QFont SummaryCard::smallFont() const {
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

QSize SummaryCard::sizeHint() const {
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    const int lines = QFontMetrics(large).height() + 3 * QFontMetrics(smallFont()).height();
    return {140, lines + 2 * kCardPadding + 12};
}

QSize SummaryCard::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

void SummaryCard::enterEvent(QEvent*) {
    update();
}

void SummaryCard::leaveEvent(QEvent*) {
    update();
}

void SummaryCard::paintGround(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Base);
    const QColor accent = accentColor(palette());
    painter.setPen(hasFocus() ? QPen(accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(underMouse() ? mixed(base, accent, 0.08) : base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
}

void SummaryCard::paintLimit(QPainter& painter) const {
    if (!m_content.limitShare) return;
    QRectF track(kCardPadding, height() - kCardPadding - kHairLine + 2, width() - 2 * kCardPadding,
                 kHairLine);
    painter.fillRect(track, lineColor(palette()));
    track.setWidth(track.width() * qMin(1.0, *m_content.limitShare));
    painter.fillRect(track, m_content.isPassed ? warningColor(palette()) : accentColor(palette()));
}

void SummaryCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGround(painter);
    const int wide = width() - 2 * kCardPadding;
    int top = kCardPadding - 2;
    const auto line = [&](const QString& text, const QFont& lineFont, const QColor& color) {
        const QFontMetrics metrics(lineFont);
        painter.setFont(lineFont);
        painter.setPen(color);
        painter.drawText(QRect(kCardPadding, top, wide, metrics.height()), Qt::AlignLeft,
                         metrics.elidedText(text, Qt::ElideRight, wide));
        top += metrics.height() + 2;
    };
    const QColor ink = palette().color(QPalette::Text), muted = mutedColor(palette());
    line(m_content.title, smallFont(), muted);
    const int changeTop = top + sizeHint().height() - 2 * kCardPadding - 12 -
                          3 * QFontMetrics(smallFont()).height() + 2;
    line(m_content.value, valueFont(), m_dimmed ? muted : ink);
    top = changeTop;
    line(m_content.change, smallFont(), muted);
    line(m_content.note, smallFont(), m_content.isPassed ? warningColor(palette()) : muted);
    paintLimit(painter);
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/variation_delegate.h"

#include <QPainter>

#include "views/colors.h"
#include "views/models/roles.h"
#include "views/models/variations_model.h"

namespace views {
namespace {

constexpr int kPadding = 8, kDot = 8;

QFont smallFont(const QFont& font) {
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.85);
    return small;
}

QPolygonF diamondIn(const QRectF& area) {
    const QPointF middle = area.center();
    return QPolygonF({{area.left(), middle.y()},
                      {middle.x(), area.top()},
                      {area.right(), middle.y()},
                      {middle.x(), area.bottom()}});
}

bool doesNotFit(const QModelIndex& index) {
    return index.sibling(index.row(), VariationsModel::Fit).data(SortRole).toInt() > 0;
}

}  // namespace

void VariationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const QPalette& palette = option.palette;
    const bool isCurrent = index.data(CurrentRole).toBool();
    const bool isLit = option.state & QStyle::State_MouseOver;
    const QColor base = palette.color(QPalette::Base), accent = accentColor(palette);
    if (isCurrent || isLit)
        painter->fillRect(option.rect, mixed(base, accent, isCurrent ? 0.16 : 0.07));

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(option.font);
    const QFontMetrics smallMetrics(smallFont(option.font));
    const QRect area = option.rect.adjusted(kPadding, kPadding - 2, -kPadding, 0);
    painter->setPen(QPen(accent, 1.5));
    painter->setBrush(isCurrent ? accent : QColor(Qt::transparent));
    const QRectF dot(area.left(), area.top() + (metrics.height() - kDot) / 2.0, kDot, kDot);
    // As on the plot: a diamond was trained.
    if (index.data(TrainedRole).toBool())
        painter->drawPolygon(diamondIn(dot.adjusted(-1, -1, 1, 1)));
    else
        painter->drawEllipse(dot);

    QRect line(area.left() + 2 * kDot, area.top(), area.width() - 2 * kDot, metrics.height());
    const bool dimmed = index.data(DimmedRole).toBool();
    painter->setPen(dimmed ? mutedColor(palette) : palette.color(QPalette::Text));
    painter->drawText(line, Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    line.translate(0, metrics.height() + 1);
    painter->setFont(smallFont(option.font));
    painter->setPen(mutedColor(palette));
    painter->drawText(
        line, Qt::AlignVCenter,
        smallMetrics.elidedText(index.data(SubtitleRole).toString(), Qt::ElideRight, line.width()));
    if (doesNotFit(index)) {
        line.translate(0, smallMetrics.height() + 1);
        painter->setPen(warningColor(palette));
        const QString words = index.sibling(index.row(), VariationsModel::Fit).data().toString();
        painter->drawText(line, Qt::AlignVCenter,
                          smallMetrics.elidedText(words, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

QSize VariationDelegate::sizeHint(const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
    const int small = QFontMetrics(smallFont(option.font)).height() + 1;
    const int lines = doesNotFit(index) ? 2 : 1;
    return {120, QFontMetrics(option.font).height() + lines * small + 2 * kPadding - 2};
}

}  // namespace views

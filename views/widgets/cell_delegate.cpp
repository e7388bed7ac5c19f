// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/cell_delegate.h"

#include <QApplication>
#include <QPainter>

#include "views/colors.h"
#include "views/models/roles.h"

namespace views {
namespace {

constexpr int kCellPadding = 8;
constexpr int kSwatch = 8;
constexpr int kWidestText = 360;

void paintBar(QPainter& painter, const QRect& cell, const QModelIndex& index,
              const QPalette& palette) {
    const double share = index.data(BarShareRole).toDouble();
    if (share <= 0) return;
    const QColor color = index.data(BarColorRole).value<QColor>();
    const QColor ground = palette.color(QPalette::Base);
    QRectF bar = QRectF(cell).adjusted(2, 3, -2, -3);
    bar.setLeft(bar.right() - bar.width() * qMin(share, 1.0));
    painter.fillRect(bar, mixed(ground, color, isDark(palette) ? 0.42 : 0.28));
}

QColor textColor(const QStyleOptionViewItem& option, const QModelIndex& index, bool dimmed) {
    if (option.state & QStyle::State_Selected)
        return option.palette.color(QPalette::HighlightedText);
    const QVariant own = index.data(Qt::ForegroundRole);
    if (own.isValid()) return own.value<QColor>();
    return dimmed ? mutedColor(option.palette) : option.palette.color(QPalette::Text);
}

}  // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    item.icon = {};
    item.features &= ~QStyleOptionViewItem::HasDecoration;
    item.state &= ~QStyle::State_HasFocus;
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    if (!(item.state & QStyle::State_Selected)) paintBar(*painter, item.rect, index, item.palette);

    QRect area = item.rect.adjusted(kCellPadding, 0, -kCellPadding, 0);
    const QVariant swatch = index.data(Qt::DecorationRole);
    if (swatch.canConvert<QColor>()) {
        const QRect square(area.left(), area.center().y() - kSwatch / 2 + 1, kSwatch, kSwatch);
        // The highlight may have the same colour as the swatch.
        if (item.state & QStyle::State_Selected)
            painter->fillRect(square.adjusted(-1, -1, 1, 1),
                              item.palette.color(QPalette::HighlightedText));
        painter->fillRect(square, swatch.value<QColor>());
        area.setLeft(area.left() + 2 * kSwatch);
    }
    const bool dimmed = m_dimmed || index.data(DimmedRole).toBool();
    painter->setPen(textColor(item, index, dimmed));
    painter->setFont(item.font);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->drawText(area, int(item.displayAlignment) | Qt::TextSingleLine,
                      item.fontMetrics.elidedText(text, item.textElideMode, area.width()));
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const bool hasSwatch = index.data(Qt::DecorationRole).canConvert<QColor>();
    const int text = item.fontMetrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const int width =
        qMin(text, kWidestText) + 2 * kCellPadding + (hasSwatch ? 2 * kSwatch : 0) + 2;
    return {width, item.fontMetrics.height() + 6};
}

}  // namespace views

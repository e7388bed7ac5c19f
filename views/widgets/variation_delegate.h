// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationDelegate: an entry of the variations list: label above its main figures, a filled dot
// for the shown variation, and a text where it does not fit the board.

#include <QStyledItemDelegate>

namespace views {

class VariationDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace views

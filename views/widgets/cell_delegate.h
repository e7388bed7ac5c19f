// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CellDelegate: paints table cells: a bar behind the number for its share of the column's largest
// value, a small square in the operator's colour, and dimmed text while a value is recomputed.

#include <QStyledItemDelegate>

namespace views {

class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setDimmed(bool dimmed) { m_dimmed = dimmed; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool m_dimmed = false;
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Layout of a page's parts: one below the other on the 8-pixel grid, without side margins.

#include <QVBoxLayout>

namespace views {

/// `widget` owns the layout.
inline QVBoxLayout* columnIn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    return column;
}

}  // namespace views

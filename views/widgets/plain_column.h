// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Layout of a page's parts: one below the other on the 8-pixel grid, without side margins.

#include <QVBoxLayout>

namespace views {

/// `widget` owns the layout; `top` is the margin above, both in pixels.
inline QVBoxLayout* columnIn(QWidget* widget, int top = 8, int spacing = 8) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, top, 0, 0);
    column->setSpacing(spacing);
    return column;
}

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colours with a meaning. Operators are coloured by class (types/op_traits.h) from the set of Okabe
// and Ito, which people with any colour vision can distinguish; yellow is used as a fill only. A
// passed limit has its own colour, always together with words. Text colours have a contrast of at
// least 4.5:1.

#include <QColor>
#include <QPalette>
#include <QString>

#include "types/op_traits.h"

namespace views {

using types::OpClass;

QString opClassName(OpClass opClass);
QColor opClassColor(OpClass opClass);
QColor opColor(types::OpKind kind);

QPalette lightPalette();
QPalette darkPalette();
bool isDark(const QPalette& palette);

QColor accentColor(const QPalette& palette);   ///< picked or current items
QColor warningColor(const QPalette& palette);  ///< text and lines of passed limits
QColor mutedColor(const QPalette& palette);    ///< secondary text
QColor lineColor(const QPalette& palette);     ///< hair lines, grids

/// Mixes `color` into `ground`: share 0 is the ground, 1 the colour.
QColor mixed(const QColor& ground, const QColor& color, double share);

}  // namespace views

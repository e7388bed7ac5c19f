// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colours with a meaning. Operators are coloured by class (types/op_traits.h) from the set of Okabe
// and Ito, which people with any colour vision can tell apart; yellow is used as a fill only. A
// passed limit has a colour of its own, always beside words. Text colours keep a contrast of 4.5:1
// on their ground.

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

QColor accentColor(const QPalette& palette);   ///< what is picked or current
QColor warningColor(const QPalette& palette);  ///< text and lines: a limit is passed
QColor mutedColor(const QPalette& palette);    ///< secondary text
QColor lineColor(const QPalette& palette);     ///< hair lines, grids

/// `color` mixed into `ground`: share 0 is the ground, 1 the colour.
QColor mixed(const QColor& ground, const QColor& color, double share);

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Icons from our own SVG set (resources/icons). They are drawn in the text colour of the palette at
// the moment of painting, so a change of palette needs no reload.

#include <QIcon>
#include <QString>

namespace views {

/// `name` without ending, as in icons.qrc: "open", "undo", ...
QIcon svgIcon(const QString& name);

}  // namespace views

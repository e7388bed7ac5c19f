// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Icons from our own SVG set (resources/icons), drawn in the palette's text colour when painted, so
// a change of palette needs no reload.

#include <QIcon>
#include <QString>

namespace views {

/// `name` without extension, as in icons.qrc: "open", "undo", ...
QIcon svgIcon(const QString& name);

}  // namespace views

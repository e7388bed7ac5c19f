// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Light or dark: follows the desktop or the user's choice. The desktop's choice is read from the
// platform's palette, so remember() must run before the first change.

#include <QString>

namespace app {

enum class Appearance { System, Light, Dark };

void rememberSystemAppearance();
void applyAppearance(Appearance appearance);

/// "system", "light", "dark": names in settings and on the command line.
QString appearanceName(Appearance appearance);
Appearance appearanceFrom(const QString& name);

}  // namespace app

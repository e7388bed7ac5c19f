// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Light or dark: as the desktop has it, or as the user says. The desktop's choice is read from the
// palette that the platform gave the application, so remember() must run before the first change.

#include <QString>

namespace app {

enum class Appearance { System, Light, Dark };

void rememberSystemAppearance();
void applyAppearance(Appearance appearance);

/// "system", "light", "dark": as settings and the command line spell it.
QString appearanceName(Appearance appearance);
Appearance appearanceFrom(const QString& name);

}  // namespace app

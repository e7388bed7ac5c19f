// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Help: the shortcuts (read from the window's actions, so they cannot differ) and the meaning of
// every figure, with the formulas of MACs and ops.

#include <QString>
#include <QWidget>

namespace app {

void showHelp(QWidget& window);
void showAbout(QWidget& window);

/// The pages of the help as HTML.
QString shortcutsHtml(const QWidget& window);
QString definitionsHtml();

}  // namespace app

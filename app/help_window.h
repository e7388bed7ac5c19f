// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Help: the shortcuts (read from the window's own actions, so they cannot disagree) and what every
// figure means, with the formulas of MACs and ops.

#include <QString>
#include <QWidget>

namespace app {

void showHelp(QWidget& window);
void showAbout(QWidget& window);

/// The pages of the help as HTML.
QString shortcutsHtml(const QWidget& window);
QString definitionsHtml();

}  // namespace app

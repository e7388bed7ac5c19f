// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Screenshot: saves a picture of the window for documentation, once nothing is being computed.

#include <QString>

#include "app/explorer.h"
#include "app/main_window.h"

namespace app {

/// Saves the window to `file` when Explorer is idle and the shown evaluation is up to date, then
/// quits: exit status 0, or 1 where nothing could be shown or written.
void saveWhenReady(MainWindow& window, Explorer& explorer, const QString& file);

}  // namespace app

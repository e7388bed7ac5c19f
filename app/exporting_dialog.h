// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Export: asks for a format and a file, and writes what the window shows.

#include <QStringList>
#include <QWidget>

#include "types/evaluation.h"
#include "types/result.h"

namespace app {

/// Writes by the ending: .tflite, .csv (the layers) or .cc with its .h (C array). Gives back the
/// files written.
types::Result<QStringList> exportTo(const types::Evaluation& evaluation, const QString& path);

/// As above, after asking; an empty list where the user changed his mind.
types::Result<QStringList> askAndExport(QWidget& parent, const types::Evaluation& evaluation);

}  // namespace app

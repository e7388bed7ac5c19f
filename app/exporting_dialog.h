// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Export: asks for a format and a file, and writes the shown evaluation.

#include <QStringList>
#include <QWidget>

#include "types/evaluation.h"
#include "types/result.h"

namespace app {

/// Writes by extension: .tflite, .csv (the layers) or .cc with its .h (C array). Returns the
/// written files.
types::Result<QStringList> exportTo(const types::Evaluation& evaluation, const QString& path);

/// The same, after asking; an empty list where the user cancelled.
types::Result<QStringList> askAndExport(QWidget& parent, const types::Evaluation& evaluation);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A ProfileCheck as the page of profiles shows it: one sentence, points for the charts of
// fit_charts.h, and tables: the layers, the rows of the profile with what they were fitted to, and
// what has no error.

#include <QString>

#include "types/profile_check.h"
#include "types/study.h"

namespace views {

/// "1,556 layers compared: mean error 0.42 %, half below 0.21 %, ...; the 90 % band held 91 %."
QString checkSentence(const types::ProfileCheck& check);

/// The layers that count.
std::vector<types::FitPoint> pointsOf(const types::ProfileCheck& check);

/// Every layer, whether it counts or not.
types::StudyTable layersTable(const types::ProfileCheck& check);
/// The rows of the profile that predicted layers.
types::StudyTable rowsTable(const types::ProfileCheck& check);
/// Layers without an error, by reason.
types::StudyTable leftOutTable(const types::ProfileCheck& check);

}  // namespace views

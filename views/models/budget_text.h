// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A budget in words, the same in every badge, card, table and tool tip. The verdict is the
// budget's.

#include <QString>

#include "types/evaluation.h"
#include "views/metric.h"

namespace views {

/// "23.0 KiB too much", "at least 23.0 KiB too much", "85.1 KiB free" or "not known to fit".
QString spareText(const types::Budget& budget);

/// "44,032 of 131,072 bytes, 85.0 KiB free"; with what is not known, and the spread of code.
QString budgetSentence(const types::Budget& budget);

/// The need with the code of published builds; empty where the spread is not known.
QString publishedSentence(const types::Budget& budget);

/// The largest value of `metric` with which the evaluation's model would still fit its board;
/// flash and arena have one.
std::optional<double> boardLimit(const std::optional<Metric>& metric,
                                 const types::Evaluation& evaluation);

}  // namespace views

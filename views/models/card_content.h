// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CardContent: the words of one summary card: the value, its change against the original, what
// else must be known beside it, and how much of the board's limit it takes.

#include <QString>
#include <optional>

#include "types/duty_cycle.h"
#include "views/metric.h"

namespace views {

struct CardContent {
    QString title, value, change, note, toolTip;
    bool isPassed = false;             ///< the note says that a limit is passed
    std::optional<double> limitShare;  ///< used / limit, where the board has one
};

/// With a duty cycle the period is the limit of the latency, and energy tells how long it lasts.
/// `evaluation` may be null (nothing is open yet); `original` may be null or `evaluation` itself.
CardContent cardContent(Metric quantity, const types::Evaluation* evaluation,
                        const types::Evaluation* original,
                        const std::optional<types::DutyCost>& duty = {});

}  // namespace views

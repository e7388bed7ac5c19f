// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CardContent: the texts of one summary card: the value, its change against the original, a note,
// and its share of the board's limit.

#include <QString>
#include <optional>

#include "types/duty_cycle.h"
#include "views/metric.h"

namespace views {

struct CardContent {
    QString title, value, change, note, toolTip;
    bool isPassed = false;             ///< the note reports a passed limit
    std::optional<double> limitShare;  ///< used / limit, if the board has a limit
};

/// With a duty cycle, the period is the limit of the latency, and energy shows the battery life.
/// `evaluation` may be null (no open model); `original` may be null or `evaluation` itself.
CardContent cardContent(Metric metric, const types::Evaluation* evaluation,
                        const types::Evaluation* original,
                        const std::optional<types::DutyCost>& duty = {});

}  // namespace views

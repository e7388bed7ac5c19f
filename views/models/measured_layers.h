// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasuredLayers: what a session measured of each layer, as columns to stand beside what is
// predicted, which name their source. Only for the very model that was measured. A session that
// counted instructions brings their number, their number a MAC and their mix.

#include <QString>
#include <optional>
#include <vector>

#include "types/session.h"

namespace views {

struct MeasuredColumn {
    enum class Form { Number, Count, Ratio, Share };

    QString title;                              ///< "Measured (µs)", "Instr./MAC"
    QString toolTip;                            ///< what it is, then the source
    Form form = Form::Number;                   ///< Share: 0 to 1, shown in per cent
    std::vector<std::optional<double>> values;  ///< by layer index

    std::optional<double> valueOf(size_t layer) const;
    QString textOf(size_t layer) const;
};

struct MeasuredLayers {
    std::vector<MeasuredColumn> columns;
    /// The first so many say the most; the narrow table of the overview shows these alone.
    size_t mainColumns = 0;
};

/// Time where the session has it, else cycles or ticks; instructions and what they consist of;
/// estimated time last. Nothing where it measured no layers.
std::optional<MeasuredLayers> measuredLayers(const types::Session& session);

}  // namespace views

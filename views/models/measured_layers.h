// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasuredLayers: a session's measurements of each layer as columns beside the predictions, with
// their source. Only for exactly the model that was measured. A session that counted instructions
// adds their number, number per MAC and mix.

#include <QString>
#include <optional>
#include <vector>

#include "types/session.h"
#include "views/metric.h"

namespace views {

struct MeasuredColumn {
    enum class Form { Number, Count, Ratio, Share };

    QString title;                              ///< "Measured (µs)", "Instr./MAC"
    QString toolTip;                            ///< what it is, then the source
    Form form = Form::Number;                   ///< definition, then the source
    std::vector<std::optional<double>> values;  ///< by layer index

    std::optional<double> valueOf(size_t layer) const;
    QString textOf(size_t layer) const;
};

struct MeasuredLayers {
    std::vector<MeasuredColumn> columns;
    /// The first of these columns are the most important; the narrow table of the overview shows
    /// only these.
    size_t mainColumns = 0;
};

/// Time where the session has it, else cycles or ticks; instructions and their classes; estimated
/// time last. Nothing where no layers were measured.
std::optional<MeasuredLayers> measuredLayers(const types::Session& session);

/// Medians of measured times; cycles count where the clock is known. Empty where the session has
/// neither.
LayerTimes measuredTimes(const types::Session& session);

}  // namespace views

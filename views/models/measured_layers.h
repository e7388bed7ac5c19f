// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasuredLayers: what a session measured of each layer, to stand beside what is predicted, in a
// column of its own that names its source. Only for the very model that was measured.

#include <QString>
#include <optional>
#include <vector>

#include "types/session.h"

namespace views {

struct MeasuredLayers {
    types::Quantity quantity = types::Quantity::LatencyUs;
    QString source;                              ///< "w0.75 on host: host, x86-64"
    std::vector<std::optional<double>> medians;  ///< by layer index
};

/// Time where the session has it, else cycles, instructions or ticks; nothing where it measured no
/// layers.
std::optional<MeasuredLayers> measuredLayers(const types::Session& session);

}  // namespace views

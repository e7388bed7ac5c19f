// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Derived rows: the sum of a session's layers, and the part of the whole outside the layers (the
// interpreter's loop, reading the clock). Profiling costs time, so the sum may exceed the whole;
// the difference is shown as a row.

#include <optional>

#include "statistics/median_estimate.h"
#include "types/session.h"

namespace statistics {

struct SessionTotals {
    std::optional<MedianEstimate> sumOfLayers, whole, outside;  ///< outside = whole - sumOfLayers
};

/// Returns sums inference by inference where all layers have equally many samples; else adds the
/// medians and their errors (layers slow down together).
SessionTotals totalsOf(const types::Session& session, types::Quantity quantity);

}  // namespace statistics

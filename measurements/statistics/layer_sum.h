// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows that are no measurement of their own: the sum of a session's layers, and what of the
// whole lies outside of them (the interpreter's loop, reading the clock). Profiling costs time, so
// the sum is often larger than the whole; the difference stands as a row and is not hidden.

#include <optional>

#include "statistics/median_estimate.h"
#include "types/session.h"

namespace statistics {

struct SessionTotals {
    std::optional<MedianEstimate> sumOfLayers, whole, outside;  ///< outside = whole - sumOfLayers
};

/// Inference by inference where all layers have as many samples; else the medians are added, with
/// the sum of their errors (layers slow down together).
SessionTotals totalsOf(const types::Session& session, types::Quantity quantity);

}  // namespace statistics

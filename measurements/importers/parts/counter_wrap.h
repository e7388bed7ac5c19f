// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counters of a microcontroller wrap: 32 bits within a minute, the 24 bits of SysTick within a
// tenth of a second. A difference across the wrap is negative or, printed unsigned, nearly 2^32.

#include <cstddef>
#include <optional>

#include "types/session.h"

namespace importers {

/// Returns the true ticks of a printed difference, where exactly one counter width explains it.
/// `typical`: the layer's usual value, where other samples give one.
std::optional<double> unwrapped(double printed, const std::optional<double>& typical);

struct WrapRepair {
    size_t repaired = 0, dropped = 0;
};

/// Repairs or drops samples of ticks and cycles that wrapped, and adds this to their notes.
WrapRepair repairWraps(types::Session& session);

}  // namespace importers

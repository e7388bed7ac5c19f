// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counters of a microcontroller are short: 32 bits run over within a minute, the 24 of SysTick
// within a tenth of a second. A difference taken across the end comes out negative, or, printed
// unsigned, as nearly 2^32.

#include <cstddef>
#include <optional>

#include "types/session.h"

namespace importers {

/// The ticks that a printed difference stands for, where only one counter width explains it.
/// `typical` is the same layer's usual value, where other samples give one.
std::optional<double> unwrapped(double printed, const std::optional<double>& typical);

struct WrapRepair {
    size_t repaired = 0, dropped = 0;
};

/// Repairs or drops the samples of ticks and cycles that wrapped and says so in their notes.
WrapRepair repairWraps(types::Session& session);

}  // namespace importers

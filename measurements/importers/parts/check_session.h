// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Checks that speak: what a session holds that no board could have measured, or that cannot be
// compared, becomes a sentence in its warnings.

#include <cstdint>
#include <vector>

#include "types/session.h"

namespace importers {

/// Repairs wrapped counters; warns about ticks that are all zero or all the same, about missing
/// samples, too few of them, and an unknown clock. Called by readLog() for every session.
void checkSession(types::Session& session);

/// With the model known: warns where the cycles imply more or fewer MACs a cycle than any
/// Cortex-M does, which is what microseconds or another timer's ticks look like.
/// `macs` are those of each layer of the model, in its order. The range: 0.33 cycles a MAC are
/// the fastest measured on a core with Helium, 16.4 the slowest on an M0+ (MLPerf Tiny v0.5 to
/// v1.3); factors of 4 and 8 beyond them are allowed for.
void checkAgainstMacs(types::Session& session, const std::vector<int64_t>& macs);

}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plausibility checks: values that no board could have measured, or that cannot be compared, become
// warnings of the session.

#include <cstdint>
#include <vector>

#include "types/session.h"

namespace importers {

/// Repairs wrapped counters; warns about ticks that are all zero or all equal, about missing or too
/// few samples, and about an unknown clock. readLog() calls it for every session.
void checkSession(types::Session& session);

/// With a known model: warns where the cycles imply more or fewer MACs per cycle than any Cortex-M
/// achieves, which indicates microseconds or ticks of another timer. `macs`: of each layer of the
/// model, in order. The limits: 0.33 cycles per MAC is the fastest measured on a core with Helium,
/// 16.4 the slowest on an M0+ (MLPerf Tiny v0.5 to v1.3); factors of 4 and 8 beyond them are
/// tolerated.
void checkAgainstMacs(types::Session& session, const std::vector<int64_t>& macs);

}  // namespace importers

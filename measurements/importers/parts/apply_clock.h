// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Applies the user's clock: adds times to ticks and cycles. A clock in the log takes precedence,
// and a contradiction is reported.

#include "types/session.h"

namespace importers {

/// Sets the session's clock to the user's, where the log has none. 0: not given.
void setClock(types::Session& session, double clockMhz);

/// Adds microseconds = ticks / clock to each measurement of cycles or ticks that has none. Ticks
/// are assumed to be cycles of the core's clock, which the note states.
void addLatencies(types::Session& session);

}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The user's clock: ticks and cycles get their time beside them. A clock that the log itself says
// stays, and a contradiction is said.

#include "types/session.h"

namespace importers {

/// Sets the session's clock to the user's, where the log says none. 0: the user said none.
void setClock(types::Session& session, double clockMhz);

/// Adds microseconds = ticks / clock for each measurement of cycles or ticks that has none.
/// Ticks are taken for cycles of the core's clock, and the note says so.
void addLatencies(types::Session& session);

}  // namespace importers

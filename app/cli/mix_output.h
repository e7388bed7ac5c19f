// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The instructions of a session by class, as JSON and as a table.

#include "command_context.h"
#include "types/session.h"

namespace app {

/// [{"index","op","instructions","macs","instructions_per_mac","loads",...}], the whole first; null
/// for a session without instructions.
Json mixJson(const types::Session& session);

/// One row per layer, with classes as shares of its instructions; empty for a session without
/// instructions.
std::string mixText(const types::Session& session);

/// True for measurements that the table contains: instructions, classes and estimated times.
bool isInMix(const types::Measurement& measurement);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The instructions of a session and what they consist of, as JSON and as a table.

#include "command_context.h"
#include "types/session.h"

namespace app {

/// [{"index","op","instructions","macs","instructions_per_mac","loads",...}], the whole first;
/// null for a session that counted none.
Json mixJson(const types::Session& session);

/// A row a layer, classes as shares of its instructions; empty for a session that counted none.
std::string mixText(const types::Session& session);

/// The table has it already: instructions, classes, and the time made of them.
bool isInMix(const types::Measurement& measurement);

}  // namespace app

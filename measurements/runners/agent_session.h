// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes the Session of a run by the resident agent: cycles and microseconds per layer and for the
// whole, the memory used. On an emulator cycles are ticks of its clock, which tell nothing about a
// board. Session::rawLog holds the answers as text.

#include "runners/agent_dialogue.h"

namespace runners {

/// Returns an Error where an output differs from this machine's.
types::Result<types::Session> makeAgentSession(const RunRequest& request, const AgentRun& run);

}  // namespace runners

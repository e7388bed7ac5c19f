// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes the Session of a run by the resident agent. What it answered is written down as text
// (importers/formats/agent_log.cpp describes the lines) and imported, so Session::rawLog alone
// gives the same measurements again.

#include "runners/agent_dialogue.h"

namespace runners {

/// Returns an Error where an output differs from this machine's.
types::Result<types::Session> makeAgentSession(const RunRequest& request, const AgentRun& run);

}  // namespace runners

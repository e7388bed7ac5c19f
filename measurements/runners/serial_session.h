// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The target "serial:DEVICE[@BAUD]": a board on a serial line. First it is asked whether the
// resident agent (firmware/agent) is there. If so, the agent is sent the model and measures it
// (agent_dialogue.h). If not, the board prints a log, in any format that the importers read: the
// model already runs on it, and it is listened to.
//
// Listening ends when the log holds the requested number of inferences; without such a number when
// the board has been quiet for two seconds after something readable; when it is unplugged; or when
// it has been silent for the request's timeout. More than 512 MiB are an Error. The importers
// ignore noise between the lines. Session::rawLog holds the bytes as received; they are also
// written to RunRequest::rawLogFile as they arrive, so that nothing is lost if no importer reads
// them. Of an agent both hold its answers as text.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> measureOnSerial(const std::string& detail, const RunRequest& request,
                                              const types::Work& work);

}  // namespace runners

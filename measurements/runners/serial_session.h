// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The target "serial:DEVICE[@BAUD]": listens to a board that prints a log, in any format that the
// importers read. The model already runs on the board; nothing is sent.
//
// Listening ends when the log holds the requested number of inferences; without such a number when
// the board has been quiet for two seconds after something readable; when it is unplugged; or when
// it has been silent for the request's timeout. More than 512 MiB are an Error. The importers
// ignore noise between the lines. Session::rawLog holds the bytes as received; they are also
// written to RunRequest::rawLogFile as they arrive, so that nothing is lost if no importer reads
// them.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> measureOnSerial(const std::string& detail, const RunRequest& request,
                                              const types::Work& work);

}  // namespace runners

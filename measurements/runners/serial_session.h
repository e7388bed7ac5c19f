// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The target "serial:DEVICE[@BAUD]": listens to a board that prints a log, in any format that the
// importers read. The model runs on the board already; nothing is sent.
//
// Listening ends when the log holds as many inferences as were asked for; without such a number
// when the board has been quiet for two seconds after something readable; when it is unplugged; or
// when it has been silent for the request's timeout. More than 512 MiB are an Error. Noise between
// the lines is the importers' daily bread. The bytes are kept as they came in Session::rawLog, and
// written to RunRequest::rawLogFile while they arrive, so that nothing is lost where no importer
// knows them.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> measureOnSerial(const std::string& detail, const RunRequest& request,
                                              const types::Work& work);

}  // namespace runners

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Our own JSON of a session: everything in types::Session, including samples of traces, to move
// sessions between machines. The importer "session-json" reads it back.

#include <string>

#include "types/session.h"

namespace importers {

std::string sessionJson(const types::Session& session);

}  // namespace importers

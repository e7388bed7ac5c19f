// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Our own JSON of a session: everything that types::Session holds, so that one machine's session
// is another's. Samples of a trace are kept too. Read back by the importer "session-json".

#include <string>

#include "types/session.h"

namespace importers {

std::string sessionJson(const types::Session& session);

}  // namespace importers

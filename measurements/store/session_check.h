// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: what holds for every session, before it is stored and after it is read.

#include <string>

#include "types/session.h"

namespace store {

/// What a session holds that none may hold, such as "measurement whole holds a value that is not
/// finite"; empty: nothing.
std::string faultOf(const types::Session& session);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which model a session measured: among the open one and its variations, the one whose file has the
// hash that the session remembers.

#include <vector>

#include "app/explorer.h"

namespace app {

/// The open model and the variations that are evaluated. GUI thread.
std::vector<types::GraphPtr> knownGraphs(const Explorer& explorer);

/// Null: none of them, or the session does not say. Writes files in memory: for workers.
types::GraphPtr graphOf(const types::Session& session, const std::vector<types::GraphPtr>& graphs);

}  // namespace app

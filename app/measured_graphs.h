// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which model a session measured: among the open one and its variations, the one whose file has the
// hash that the session remembers.

#include <vector>

#include "app/explorer.h"

namespace app {

/// The open model first, then its variations, as far as they are evaluated. GUI thread.
std::vector<types::EvaluationPtr> knownModels(const Explorer& explorer);

/// Null: none of them, or the session does not say.
types::GraphPtr graphOf(const types::Session& session,
                        const std::vector<types::EvaluationPtr>& models);

/// The evaluation is of the very file that the session measured.
bool measured(const types::Session& session, const types::Evaluation& model);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds the model that a session measured: the open model or the variation whose file has the
// session's hash.

#include <vector>

#include "app/explorer.h"
#include "types/model_verdict.h"

namespace app {

/// Returns the open model, then its variations, as far as they are evaluated. GUI thread.
std::vector<types::EvaluationPtr> knownModels(const Explorer& explorer);

/// Returns null where there is none, or the session has no hash.
types::GraphPtr graphOf(const types::Session& session,
                        const std::vector<types::EvaluationPtr>& models);

/// Likewise, but a session without a hash is presumed to have measured the open model; its layers
/// show whether it did.
types::GraphPtr presumedGraphOf(const types::Session& session,
                                const std::vector<types::EvaluationPtr>& models);

/// True where the evaluation's file is exactly the one that the session measured.
bool measured(const types::Session& session, const types::Evaluation& model);

/// The time of a whole inference that the session measured of exactly this model, on the board of
/// the evaluation at its clock; nothing where it measured another thing.
std::optional<types::MeasuredLatency> measuredLatency(const types::Session& session,
                                                      const types::Evaluation& model);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Layers of a measured session as observations: a session knows what each operator cost, the model
// it was taken with knows what each operator is.

#include <vector>

#include "cost/fit/observation.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/session.h"

namespace cost {

/// One observation a measured layer, from the median of its samples: cycles, else microseconds
/// times the clock, else instructions; and its power, where that or its energy was measured.
/// Estimated figures are left out. A session that names a layer the model does not have, or another
/// operator there, is an Error.
types::Result<std::vector<Observation>> observationsOf(const types::Session& session,
                                                       const types::Graph& graph);

}  // namespace cost

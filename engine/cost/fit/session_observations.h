// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts the layers of a measured session to observations: the session has the cost of each
// operator, the model it was measured with has the operators' shapes.

#include <vector>

#include "cost/fit/observation.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/session.h"

namespace cost {

/// Returns one observation per measured layer, from the median of its samples: cycles, else
/// microseconds times the clock, else instructions; and its power, where that or its energy was
/// measured. Estimated figures are skipped. A layer that the model does not have, or whose operator
/// differs there, is an Error.
types::Result<std::vector<Observation>> observationsOf(const types::Session& session,
                                                       const types::Graph& graph);

}  // namespace cost

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to input_size: the effect of changed input height and width on one operator.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace transform {

/// Returns the output shapes of operator `op`, given the new shapes of its inputs in `after`.
/// Updates options of `after` where needed (the window of a pool over the whole image) and reports
/// that in `changes`. The Error's `what` states why the operator cannot be resized.
types::Result<std::vector<types::Shape>> resizedOutputShapes(const types::Graph& before,
                                                             types::Graph& after, size_t op,
                                                             std::vector<std::string>& changes);

}  // namespace transform

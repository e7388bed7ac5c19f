// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of input_size: what one operator makes of inputs whose height and width have changed.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace transform {

/// Shapes of the outputs of operator `op`, given the new shapes of its inputs in `after`. Options
/// of `after` that must follow are changed (the window of a pool over the whole image), and
/// `changes` tells. The Error's `what` says why the operator cannot follow.
types::Result<std::vector<types::Shape>> resizedOutputShapes(const types::Graph& before,
                                                             types::Graph& after, size_t op,
                                                             std::vector<std::string>& changes);

}  // namespace transform

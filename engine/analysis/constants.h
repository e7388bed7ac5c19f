// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading small constant operands (axes, paddings, shapes) and constants in general.

#include <cstring>
#include <optional>
#include <vector>

#include "types/graph.h"

namespace analysis {

/// Returns the elements of a constant int8, uint8, int16, int32, int64 or bool tensor; nullopt
/// where the tensor is absent (-1), has no data, or another type. A tensor without elements gives
/// an empty list. Values are clamped to +-2^40: far outside every shape, and small enough to be
/// added.
std::optional<std::vector<int64_t>> constantInts(const types::Graph& graph, int32_t tensor);

}  // namespace analysis

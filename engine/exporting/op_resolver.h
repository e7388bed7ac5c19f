// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operators that a TFLM application must register to run a model.

#include <string>
#include <vector>

#include "types/graph.h"

namespace exporting {

/// Methods of TFLM's MicroMutableOpResolver ("AddConv2D", "AddFullyConnected"), each once, in order
/// of first use. Custom operators are omitted: they bring their own registration.
std::vector<std::string> resolverMethods(const types::Graph& graph);

}  // namespace exporting

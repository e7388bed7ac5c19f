// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which operators a TFLM application has to register to run a model.

#include <string>
#include <vector>

#include "types/graph.h"

namespace exporting {

/// "AddConv2D", "AddFullyConnected": the methods of TFLM's MicroMutableOpResolver, each once, in
/// order of first use. Custom operators are left out: they come with their own registration.
std::vector<std::string> resolverMethods(const types::Graph& graph);

}  // namespace exporting

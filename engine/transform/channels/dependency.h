// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// addDependencies(): what one operator means for channels. It ties the axes that must shrink
// together and fixes those that the operator depends on. An operator without a rule fixes all it
// touches, so that nothing is ever removed by guesswork.

#include "transform/channels/axis_table.h"

namespace transform {

/// Operators must be followed in order of execution. The graph must have passed validate().
void addDependencies(const types::Graph& graph, size_t op, AxisTable& table);

/// False for operators whose channels all stay.
bool hasDependencyRule(types::OpKind kind);

}  // namespace transform

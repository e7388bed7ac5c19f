// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// addDependencies(): the channel dependencies of one operator. Ties the axes that must shrink
// together and fixes those that the operator depends on. An operator without a rule fixes all its
// axes, so that nothing is removed on a guess.

#include "transform/channels/axis_table.h"

namespace transform {

/// Operators must be added in order of execution. The graph must have passed validate().
void addDependencies(const types::Graph& graph, size_t op, AxisTable& table);

/// False for operators whose channels all stay.
bool hasDependencyRule(types::OpKind kind);

}  // namespace transform

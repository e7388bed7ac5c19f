// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The version of an operator: what LiteRT's converter writes for its types, ranks and options. A
// reader that checks versions refuses a higher one than it knows. All rooms that write operators
// use this table.
//
// Source: LiteRT's rules (converter/tools/versioning/op_version.cc). They name a version only for
// what needed a new kernel there: a convolution on int16 activations with int8 weights is 1.

#include "types/graph.h"

namespace analysis {

/// Returns the version of `op`; for an operator without a row, its present one.
int32_t opVersion(const types::Graph& graph, const types::Op& op);
/// True where the table has a row.
bool hasOpVersion(types::OpKind kind);

}  // namespace analysis

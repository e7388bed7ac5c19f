// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operator version that a reader must support to run an operator with the types it has; a
// converter writes the lowest one. Every room that writes operators asks here.
//
// Source: LiteRT's rules (converter/tools/versioning/op_version.cc), for float32, int8 and int16.
// Where they have a hole (16-bit activations of operators that LiteRT knows in 8 bits only, or
// beside 8-bit weights), the version is that of the nearest integer kernel: a reader of less could
// not run the operator at all.

#include "types/graph.h"

namespace analysis {

/// `op` with the types of its tensors. Other types, and operators without a row, keep the version
/// they have.
int32_t opVersion(const types::Graph& graph, const types::Op& op);
/// Whether the table has a row.
bool hasOpVersion(types::OpKind kind);

}  // namespace analysis

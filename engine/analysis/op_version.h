// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operator version that a reader must support to run an operator with its types; converters
// write the lowest one. All rooms that write operators use this table.
//
// Source: LiteRT's rules (converter/tools/versioning/op_version.cc), for float32, int8 and int16.
// Where they have a gap (16-bit activations of operators that LiteRT knows in 8 bits only, or with
// 8-bit weights), the version is that of the nearest integer kernel: a reader of a lower version
// could not run the operator.

#include "types/graph.h"

namespace analysis {

/// Returns the version of `op` for the types of its tensors; for other types and operators without
/// a row, its present version.
int32_t opVersion(const types::Graph& graph, const types::Op& op);
/// True where the table has a row.
bool hasOpVersion(types::OpKind kind);

}  // namespace analysis

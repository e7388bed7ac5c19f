// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operator version that a reader must support to run an operator with the types that it now
// has; a converter writes the lowest one. Source: TFLite's table of operator versions (its
// tools/versioning); operators that changed with types of no concern to quantization keep theirs.

#include "types/graph.h"

namespace quantize {

int32_t opVersion(const types::Graph& graph, const types::Op& op);

}  // namespace quantize

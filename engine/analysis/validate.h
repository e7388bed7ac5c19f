// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// validate(): the only check after the FlatBuffers verifier. A Graph that passes is consistent:
// indices in range, element counts without overflow, constants as long as their shapes,
// quantization finite and complete, options in range, declared output shapes equal to inferred
// ones. It may still be impossible to run (an op without a kernel, shapes that only a runtime which
// resizes models knows); lowering reports that.

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

/// Largest tensor; limits hostile files.
constexpr int64_t kMaxTensorBytes = int64_t{1} << 30;
constexpr size_t kMaxRank = 6;

types::Result<void> validate(const types::Graph& graph);
/// The first part: every tensor for itself, and the indices of operands. What a reader mends after
/// that (order of operators, placeholder shapes) may rely on it.
types::Result<void> validateIndices(const types::Graph& graph);

}  // namespace analysis

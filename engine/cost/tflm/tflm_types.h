// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The operators that TFLM has, and the types that their reference kernels take. Source:
// tflite-micro (revision in tflm_sizes.h), micro_mutable_op_resolver.h and the Prepare and Eval
// functions of micro/kernels.

#include <optional>
#include <string>

#include "types/graph.h"

namespace cost {

/// True for a builtin operator with a kernel, and for a custom operator that TFLM registers itself.
bool isKnownToTflm(const types::Op& op);

/// Why the types of the operands are refused: "its kernel takes float32 or int8, not int32";
/// nothing where they are taken. Weights are not judged here.
std::optional<std::string> refusedTypes(const types::Graph& graph, const types::Op& op);

}  // namespace cost

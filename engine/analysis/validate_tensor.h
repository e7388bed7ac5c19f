// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of validate() for one tensor: type, shape, data, quantization.

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

/// What to do about a file that contradicts itself.
inline constexpr const char* kExportAgain = "export the model again";

types::Result<void> validateTensor(const types::Graph& graph, int32_t index);

}  // namespace analysis

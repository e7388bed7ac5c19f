// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// validate(): the one gate behind the FlatBuffers verifier. A Graph that passes is consistent:
// indices in range, element counts without overflow, constants as long as their shapes say,
// quantization finite and complete, options in range, declared output shapes equal to inferred
// ones. What passes may still be impossible to run (an op without a kernel); lowering says so.

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

/// No tensor may need more than this; a stated bound that hostile files cannot pass.
constexpr int64_t kMaxTensorBytes = int64_t{1} << 30;
constexpr size_t kMaxRank = 6;

types::Result<void> validate(const types::Graph& graph);

}  // namespace analysis

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: the operators of a BandPlan that compute rows. An operator on rows is the
// same operator on smaller images, whose padding lies only at the image's true border, so the
// prepare functions and kernels of whole images serve it. Each different call is prepared once.

#include <map>
#include <vector>

#include "lowering/prepare/op_view.h"
#include "types/band_plan.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

struct RowCalls {
    std::vector<OpPlan> calls;
    std::vector<int32_t> callOf;  ///< per step of the plan; -1 where it is not BandStep::Rows
    /// In OpPlan::inputs, a tensor of this map stands for an operand that is read by rows: its
    /// number among the operator's inputs.
    std::map<int32_t, size_t> operandOf;
};

/// `graph`: as it is lowered. The steps must be sound (BandPlan of this graph).
types::Result<RowCalls> prepareRows(const types::Graph& graph, const types::BandPlan& plan,
                                    types::Isa isa);

/// Bytes of the struct before the arrays of a parameter block, for kernels whose calls on other
/// rows have the same arrays; 0 for others.
size_t sharedStructBytes(runtime::KernelId kernel);

}  // namespace lowering

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: the prepare functions, one per operator family. A new operator is a function
// in the file of its family, a line here and a row in prepare.cpp.

#include "lowering/op_view.h"
#include "types/result.h"

namespace lowering {

OpPlan prepareConvolution(const OpView& op);
OpPlan prepareDepthwise(const OpView& op);
OpPlan prepareFullyConnected(const OpView& op);
OpPlan prepareAdd(const OpView& op);
OpPlan preparePool(const OpView& op);
OpPlan prepareSum(const OpView& op);
OpPlan prepareCopy(const OpView& op);
OpPlan preparePad(const OpView& op);
OpPlan prepareTranspose(const OpView& op);
OpPlan prepareSoftmax(const OpView& op);
OpPlan prepareQuantize(const OpView& op);
OpPlan prepareDequantize(const OpView& op);
OpPlan prepareSvdf(const OpView& op);
OpPlan prepareLstm(const OpView& op);

/// The plan of operator `index` of a validated graph, or why it cannot run.
types::Result<OpPlan> planOp(const types::Graph& graph, size_t index);

}  // namespace lowering

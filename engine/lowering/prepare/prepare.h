// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: the prepare functions, one per operator family. A new operator needs a
// function in the file of its family, a line here and a row in prepare.cpp; then it runs.
// tests/operators/operator_coverage_test.cpp names the files of other rooms (class, shape, scales,
// channels, versions, sizes, a golden) where it is missing.

#include "lowering/prepare/op_view.h"
#include "types/result.h"
#include "types/target.h"

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
OpPlan prepareSub(const OpView& op);
OpPlan prepareMul(const OpView& op);
OpPlan prepareDiv(const OpView& op);
OpPlan prepareFloorArithmetic(const OpView& op);
OpPlan prepareMinimumMaximum(const OpView& op);
OpPlan prepareSquaredDifference(const OpView& op);
OpPlan preparePrelu(const OpView& op);
OpPlan prepareSelect(const OpView& op);
OpPlan prepareCompare(const OpView& op);
OpPlan prepareLogical(const OpView& op);
OpPlan prepareUnary(const OpView& op);
OpPlan prepareCast(const OpView& op);
OpPlan prepareConcatenation(const OpView& op);
OpPlan preparePack(const OpView& op);
OpPlan prepareUnpack(const OpView& op);
OpPlan prepareSplit(const OpView& op);
OpPlan prepareStridedSlice(const OpView& op);
OpPlan prepareSlice(const OpView& op);
OpPlan prepareReverse(const OpView& op);
OpPlan prepareBroadcastTo(const OpView& op);
OpPlan prepareSpaceToDepth(const OpView& op);
OpPlan prepareDepthToSpace(const OpView& op);
OpPlan prepareMirrorPad(const OpView& op);
OpPlan prepareResizeNearest(const OpView& op);
OpPlan prepareBatchToSpace(const OpView& op);
OpPlan prepareSpaceToBatch(const OpView& op);
OpPlan prepareGather(const OpView& op);
OpPlan prepareGatherNd(const OpView& op);
OpPlan prepareUpdateSlice(const OpView& op);
OpPlan prepareArg(const OpView& op);
OpPlan prepareFill(const OpView& op);
OpPlan prepareZerosLike(const OpView& op);
OpPlan prepareShapeOf(const OpView& op);
OpPlan prepareL2Normalization(const OpView& op);
OpPlan prepareLogSoftmax(const OpView& op);
OpPlan prepareAddN(const OpView& op);
OpPlan prepareCumsum(const OpView& op);
OpPlan prepareResizeBilinear(const OpView& op);
OpPlan prepareTransposeConv(const OpView& op);
OpPlan prepareBatchMatMul(const OpView& op);
OpPlan prepareReduceExtreme(const OpView& op);

/// True where an operator has a prepare function.
bool hasPrepare(types::OpKind kind);

/// Returns the plan of operator `index` of a validated graph, or an Error with the reason why it
/// cannot run.
///
/// Called twice on the way to a Program: first for scratch and overwritable inputs, from which a
/// memory plan is made (requirements.h), then by lower() for parameters and packed weights, when
/// offsets are known. The memory plan may come from any source, so lower() checks it against its
/// own needs; since this is a pure function, both calls return the same.
types::Result<OpPlan> planOp(const types::Graph& graph, size_t index,
                             types::Isa isa = types::Isa::Portable);

}  // namespace lowering

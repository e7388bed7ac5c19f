// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of kernels: one row each, identifier and function. A new kernel needs a file beside this
// one, a row here, a row in CMakeLists.txt and a prepare function in engine/lowering. Add rows only
// at the end of their group; raise the Program's version when ids change.

#include "runtime/kernel.h"

// clang-format off
#define NETCALIPER_KERNELS(X) \
    X(ConvInt8, convInt8) \
    X(ConvInt4, convInt4) \
    X(ConvInt16, convInt16) \
    X(ConvInt16Wide, convInt16Wide) \
    X(ConvFloat32, convFloat32) \
    X(DepthwiseConvInt8, depthwiseConvInt8) \
    X(DepthwiseConvInt4, depthwiseConvInt4) \
    X(DepthwiseConvInt16, depthwiseConvInt16) \
    X(DepthwiseConvFloat32, depthwiseConvFloat32) \
    X(FullyConnectedInt8, fullyConnectedInt8) \
    X(FullyConnectedInt4, fullyConnectedInt4) \
    X(FullyConnectedInt16, fullyConnectedInt16) \
    X(FullyConnectedInt16Wide, fullyConnectedInt16Wide) \
    X(FullyConnectedFloat32, fullyConnectedFloat32) \
    X(ShiftedFullyConnectedInt8, shiftedFullyConnectedInt8) \
    X(ShiftedFullyConnectedInt4, shiftedFullyConnectedInt4) \
    X(ShiftedFullyConnectedInt16, shiftedFullyConnectedInt16) \
    X(ShiftedFullyConnectedInt16Wide, shiftedFullyConnectedInt16Wide) \
    X(AddInt8, addInt8) \
    X(AddInt16, addInt16) \
    X(AddInt32, addInt32) \
    X(AddFloat32, addFloat32) \
    X(AveragePoolInt8, averagePoolInt8) \
    X(AveragePoolInt16, averagePoolInt16) \
    X(AveragePoolFloat32, averagePoolFloat32) \
    X(MaxPoolInt8, maxPoolInt8) \
    X(MaxPoolInt16, maxPoolInt16) \
    X(MaxPoolFloat32, maxPoolFloat32) \
    X(SumInt8, sumInt8) \
    X(SumInt16, sumInt16) \
    X(SumFloat32, sumFloat32) \
    X(Copy, copy) \
    X(Pad1, pad1) \
    X(Pad2, pad2) \
    X(Pad4, pad4) \
    X(Pad8, pad8) \
    X(Transpose1, transpose1) \
    X(Transpose2, transpose2) \
    X(Transpose4, transpose4) \
    X(Transpose8, transpose8) \
    X(SoftmaxInt8, softmaxInt8) \
    X(SoftmaxInt8ToInt16, softmaxInt8ToInt16) \
    X(SoftmaxInt16, softmaxInt16) \
    X(SoftmaxFloat32, softmaxFloat32) \
    X(QuantizeInt8, quantizeInt8) \
    X(QuantizeInt16, quantizeInt16) \
    X(RequantizeInt8ToInt8, requantizeInt8ToInt8) \
    X(RequantizeInt8ToUInt8, requantizeInt8ToUInt8) \
    X(RequantizeInt8ToInt16, requantizeInt8ToInt16) \
    X(RequantizeInt8ToInt32, requantizeInt8ToInt32) \
    X(RequantizeUInt8ToInt8, requantizeUInt8ToInt8) \
    X(RequantizeInt16ToInt8, requantizeInt16ToInt8) \
    X(RequantizeInt16ToInt16, requantizeInt16ToInt16) \
    X(RequantizeInt16ToInt32, requantizeInt16ToInt32) \
    X(RequantizeInt32ToInt8, requantizeInt32ToInt8) \
    X(RequantizeInt32ToInt16, requantizeInt32ToInt16) \
    X(DequantizeInt8, dequantizeInt8) \
    X(DequantizeUInt8, dequantizeUInt8) \
    X(DequantizeInt16, dequantizeInt16) \
    X(SvdfInt8, svdfInt8) \
    X(SvdfInt16, svdfInt16) \
    X(SvdfFloat32, svdfFloat32) \
    X(LstmInt8, lstmInt8) \
    X(LstmInt16, lstmInt16) \
    X(LstmFloat32, lstmFloat32) \
    X(MulInt8, mulInt8) \
    X(MulInt16, mulInt16) \
    X(MulInt32, mulInt32) \
    X(MulFloat32, mulFloat32) \
    X(SubInt8, subInt8) \
    X(SubInt16, subInt16) \
    X(SubInt32, subInt32) \
    X(SubFloat32, subFloat32) \
    X(DivInt8, divInt8) \
    X(DivInt32, divInt32) \
    X(DivFloat32, divFloat32) \
    X(FloorDivFloat32, floorDivFloat32) \
    X(FloorModFloat32, floorModFloat32) \
    X(FloorDivInt32, floorDivInt32) \
    X(FloorModInt32, floorModInt32) \
    X(MaximumInt8, maximumInt8) \
    X(MaximumInt16, maximumInt16) \
    X(MaximumInt32, maximumInt32) \
    X(MaximumInt64, maximumInt64) \
    X(MaximumFloat32, maximumFloat32) \
    X(MinimumInt8, minimumInt8) \
    X(MinimumInt16, minimumInt16) \
    X(MinimumInt32, minimumInt32) \
    X(MinimumInt64, minimumInt64) \
    X(MinimumFloat32, minimumFloat32) \
    X(SquaredDifferenceInt8, squaredDifferenceInt8) \
    X(SquaredDifferenceInt16, squaredDifferenceInt16) \
    X(SquaredDifferenceInt32, squaredDifferenceInt32) \
    X(SquaredDifferenceFloat32, squaredDifferenceFloat32) \
    X(CompareInt8, compareInt8) \
    X(CompareInt16, compareInt16) \
    X(CompareInt32, compareInt32) \
    X(CompareInt64, compareInt64) \
    X(CompareFloat32, compareFloat32) \
    X(CompareBool, compareBool) \
    X(LogicalAnd, logicalAnd) \
    X(LogicalOr, logicalOr) \
    X(LogicalNot, logicalNot) \
    X(PreluInt8, preluInt8) \
    X(PreluFloat32, preluFloat32) \
    X(Select1, select1) \
    X(Select2, select2) \
    X(Select4, select4) \
    X(Select8, select8) \
    X(TableInt8, tableInt8) \
    X(SlopesInt16, slopesInt16) \
    X(LogisticInt16Codes, logisticInt16Codes) \
    X(TanhInt16Codes, tanhInt16Codes) \
    X(RsqrtInt16, rsqrtInt16) \
    X(AbsFloat32, absFloat32) \
    X(CeilFloat32, ceilFloat32) \
    X(CosFloat32, cosFloat32) \
    X(EluFloat32, eluFloat32) \
    X(ExpFloat32, expFloat32) \
    X(FloorFloat32, floorFloat32) \
    X(HardSwishFloat32, hardSwishFloat32) \
    X(LeakyReluFloat32, leakyReluFloat32) \
    X(LogFloat32, logFloat32) \
    X(LogisticFloat32, logisticFloat32) \
    X(NegFloat32, negFloat32) \
    X(ReluFloat32, reluFloat32) \
    X(Relu6Float32, relu6Float32) \
    X(RoundFloat32, roundFloat32) \
    X(RsqrtFloat32, rsqrtFloat32) \
    X(SinFloat32, sinFloat32) \
    X(SqrtFloat32, sqrtFloat32) \
    X(SquareFloat32, squareFloat32) \
    X(TanhFloat32, tanhFloat32) \
    X(Cast, cast) \
    X(ReduceMaxInt8, reduceMaxInt8) \
    X(ReduceMinInt8, reduceMinInt8) \
    X(ReduceMaxFloat32, reduceMaxFloat32) \
    X(ReduceMinFloat32, reduceMinFloat32) \
    X(ReduceAll, reduceAll) \
    X(ReduceAny, reduceAny) \
    X(GatherCopy, gatherCopy) \
    X(ConcatBlocks, concatBlocks) \
    X(SplitBlocks, splitBlocks) \
    X(SpaceToBatch, spaceToBatch) \
    X(Gather, gather) \
    X(GatherNd, gatherNd) \
    X(UpdateSlice, updateSlice) \
    X(Fill, fill) \
    X(Constant, constant) \
    X(ArgExtremeInt8, argExtremeInt8) \
    X(ArgExtremeFloat32, argExtremeFloat32) \
    X(AddNInt8, addNInt8) \
    X(AddNFloat32, addNFloat32) \
    X(CumsumInt8, cumsumInt8) \
    X(CumsumFloat32, cumsumFloat32) \
    X(L2NormalizationInt8, l2NormalizationInt8) \
    X(L2NormalizationFloat32, l2NormalizationFloat32) \
    X(LogSoftmaxInt8, logSoftmaxInt8) \
    X(LogSoftmaxFloat32, logSoftmaxFloat32) \
    X(L2PoolFloat32, l2PoolFloat32) \
    X(ResizeBilinearInt8, resizeBilinearInt8) \
    X(ResizeBilinearFloat32, resizeBilinearFloat32) \
    X(TransposeConvInt8, transposeConvInt8) \
    X(TransposeConvInt16, transposeConvInt16) \
    X(TransposeConvFloat32, transposeConvFloat32) \
    X(BatchMatMulInt8, batchMatMulInt8) \
    X(BatchMatMulInt16, batchMatMulInt16) \
    X(BatchMatMulFloat32, batchMatMulFloat32) \
    X(DynamicSlice, dynamicSlice) \
    X(EmbeddingInt8, embeddingInt8) \
    X(BroadcastArgs, broadcastArgs) \
    X(CallOnce, callOnce) \
    X(IfElse, ifElse) \
    X(WhileLoop, whileLoop) \
    X(ReadVariable, readVariable) \
    X(AssignVariable, assignVariable) \
    X(CircularBuffer, circularBuffer) \
    X(SignalDelay, signalDelay) \
    X(SignalFramer, signalFramer) \
    X(SignalStacker, signalStacker) \
    X(SignalOverlapAddInt16, signalOverlapAddInt16) \
    X(SignalOverlapAddFloat32, signalOverlapAddFloat32) \
    X(SignalWindow, signalWindow) \
    X(SignalFftAutoScale, signalFftAutoScale) \
    X(SignalEnergy, signalEnergy) \
    X(SignalRfftInt16, signalRfftInt16) \
    X(SignalIrfftInt16, signalIrfftInt16) \
    X(SignalRfftInt32, signalRfftInt32) \
    X(SignalIrfftInt32, signalIrfftInt32) \
    X(SignalRfftFloat32, signalRfftFloat32) \
    X(SignalIrfftFloat32, signalIrfftFloat32) \
    X(SignalFilterBank, signalFilterBank) \
    X(SignalFilterBankSquareRoot, signalFilterBankSquareRoot) \
    X(SignalFilterBankSpectralSubtraction, signalFilterBankSpectralSubtraction) \
    X(SignalPcan, signalPcan) \
    X(SignalFilterBankLog, signalFilterBankLog) \
    X(DetectionPostprocess, detectionPostprocess) \
    X(FeedRows, feedRows)
// clang-format on

namespace runtime {

enum class KernelId : uint16_t {
#define NETCALIPER_ENUMERATOR(id, function) id,
    NETCALIPER_KERNELS(NETCALIPER_ENUMERATOR)
#undef NETCALIPER_ENUMERATOR
        Count
};

constexpr uint32_t kKernelCount = static_cast<uint32_t>(KernelId::Count);

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_KERNELS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

}  // namespace runtime

// SPDX-License-Identifier: GPL-3.0-or-later
// The measured sizes of the runtime's files.

#include "footprint/code_size.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/kernels/kernel_list.h"

namespace footprint {
namespace {

using enum runtime::KernelId;
using enum runtime::PackedKernel;

enum Helper : uint8_t { kFixedPoint = 1, kFloatMath = 2, kTable16 = 4 };

/// A file with the kernels from `first` to `last`.
template <typename Id>
constexpr CodeFile kernels(const char* name, Id first, Id last, int32_t dsp, int32_t mve,
                           uint8_t helpers = 0) {
    return {name, static_cast<uint16_t>(first), static_cast<uint16_t>(last), {dsp, mve}, helpers};
}

constexpr CodeFile kCore[] = {
    {"run", 0, 0, {436, 444}},
    {"kernel_set", 0, 0, {808, 808}},
    {"memory_functions", 0, 0, {372, 408}},
};

constexpr CodeFile kHelpers[] = {
    {"fixed_point", 0, 0, {2020, 2048}},
    {"float_math", 0, 0, {2584, 2548}},
    {"table16", 0, 0, {1072, 1092}},
};

constexpr CodeFile kKernels[] = {
    // Plain kernels.
    kernels("conv_int8", ConvInt8, ConvInt8, 1260, 1264),
    kernels("conv_int4", ConvInt4, ConvInt4, 1392, 1384),
    kernels("conv_int16", ConvInt16, ConvInt16Wide, 2704, 2516),
    kernels("conv_float32", ConvFloat32, ConvFloat32, 1492, 1584),
    kernels("depthwise_conv_int8", DepthwiseConvInt8, DepthwiseConvInt8, 1236, 1304),
    kernels("depthwise_conv_int4", DepthwiseConvInt4, DepthwiseConvInt4, 1364, 1420),
    kernels("depthwise_conv_int16", DepthwiseConvInt16, DepthwiseConvInt16, 1428, 1508),
    kernels("depthwise_conv_float32", DepthwiseConvFloat32, DepthwiseConvFloat32, 1236, 1292),
    kernels("fully_connected_int8", FullyConnectedInt8, FullyConnectedInt8, 692, 696),
    kernels("fully_connected_int4", FullyConnectedInt4, FullyConnectedInt4, 812, 804),
    kernels("fully_connected_int16", FullyConnectedInt16, FullyConnectedInt16Wide, 1564, 1412),
    kernels("fully_connected_float32", FullyConnectedFloat32, FullyConnectedFloat32, 708, 788),
    kernels("fully_connected_shifted", ShiftedFullyConnectedInt8, ShiftedFullyConnectedInt16Wide,
            2716, 2576),
    kernels("add_int8", AddInt8, AddInt8, 736, 788),
    kernels("add_int16", AddInt16, AddInt16, 860, 876),
    kernels("add_int32", AddInt32, AddInt32, 424, 420),
    kernels("add_float32", AddFloat32, AddFloat32, 452, 440),
    kernels("average_pool_int8", AveragePoolInt8, AveragePoolInt8, 812, 844),
    kernels("average_pool_int16", AveragePoolInt16, AveragePoolInt16, 904, 952),
    kernels("average_pool_float32", AveragePoolFloat32, AveragePoolFloat32, 860, 952),
    kernels("max_pool_int8", MaxPoolInt8, MaxPoolInt8, 784, 768),
    kernels("max_pool_int16", MaxPoolInt16, MaxPoolInt16, 860, 928),
    kernels("max_pool_float32", MaxPoolFloat32, MaxPoolFloat32, 820, 888),
    kernels("sum_int8", SumInt8, SumInt8, 616, 612),
    kernels("sum_int16", SumInt16, SumInt16, 624, 636),
    kernels("sum_float32", SumFloat32, SumFloat32, 376, 404),
    kernels("copy", Copy, Copy, 204, 204),
    kernels("pad", Pad1, Pad8, 1300, 1376),
    kernels("transpose", Transpose1, Transpose8, 1200, 1160),
    kernels("softmax_int8", SoftmaxInt8, SoftmaxInt8ToInt16, 1140, 1164, kFixedPoint),
    kernels("softmax_int16", SoftmaxInt16, SoftmaxInt16, 804, 788),
    kernels("softmax_float32", SoftmaxFloat32, SoftmaxFloat32, 308, 340, kFloatMath),
    kernels("quantize_float32", QuantizeInt8, QuantizeInt16, 820, 828),
    kernels("requantize", RequantizeInt8ToInt8, RequantizeInt32ToInt16, 3012, 3376),
    kernels("dequantize", DequantizeInt8, DequantizeInt16, 564, 568),
    kernels("svdf_integer", SvdfInt8, SvdfInt16, 2472, 2476),
    kernels("svdf_float32", SvdfFloat32, SvdfFloat32, 916, 964),
    kernels("lstm_integer", LstmInt8, LstmInt16, 4628, 4320, kTable16),
    kernels("lstm_float32", LstmFloat32, LstmFloat32, 1512, 1536, kFloatMath),
    kernels("mul", MulInt8, MulFloat32, 1984, 2004),
    kernels("sub", SubInt8, SubFloat32, 2248, 2308),
    kernels("div", DivInt8, FloorModInt32, 3700, 3668, kFixedPoint | kFloatMath),
    kernels("minimum_maximum", MaximumInt8, MinimumFloat32, 4232, 4336),
    kernels("squared_difference", SquaredDifferenceInt8, SquaredDifferenceFloat32, 2188, 2320),
    kernels("compare", CompareInt8, CompareBool, 3192, 3296),
    kernels("logical", LogicalAnd, LogicalNot, 1060, 1072),
    kernels("prelu", PreluInt8, PreluFloat32, 1040, 1056),
    kernels("select", Select1, Select8, 2232, 2256),
    kernels("unary_integer", TableInt8, RsqrtInt16, 1528, 1528, kFixedPoint | kTable16),
    kernels("unary_float32", AbsFloat32, TanhFloat32, 2500, 2548, kFloatMath),
    kernels("cast", Cast, Cast, 10108, 10540),
    kernels("reduce_extremes", ReduceMaxInt8, ReduceAny, 1936, 1940),
    kernels("gather_copy", GatherCopy, GatherCopy, 1384, 1380),
    kernels("concat_split", ConcatBlocks, SplitBlocks, 500, 496),
    kernels("space_to_batch", SpaceToBatch, SpaceToBatch, 448, 472),
    kernels("gather", Gather, GatherNd, 724, 708),
    kernels("update_slice", UpdateSlice, UpdateSlice, 704, 752),
    kernels("fill", Fill, Constant, 432, 428),
    kernels("arg_extreme", ArgExtremeInt8, ArgExtremeFloat32, 880, 928),
    kernels("add_n_cumsum", AddNInt8, CumsumFloat32, 1456, 1544),
    kernels("l2_normalization", L2NormalizationInt8, L2NormalizationFloat32, 652, 708,
            kFixedPoint | kFloatMath),
    kernels("log_softmax", LogSoftmaxInt8, LogSoftmaxFloat32, 948, 1040, kFixedPoint | kFloatMath),
    kernels("l2_pool_float32", L2PoolFloat32, L2PoolFloat32, 796, 836, kFloatMath),
    kernels("resize_bilinear", ResizeBilinearInt8, ResizeBilinearFloat32, 1280, 1244),
    kernels("transpose_conv_integer", TransposeConvInt8, TransposeConvInt16, 2572, 2528),
    kernels("transpose_conv_float32", TransposeConvFloat32, TransposeConvFloat32, 920, 984),
    kernels("batch_matmul", BatchMatMulInt8, BatchMatMulFloat32, 2160, 2140),
    kernels("dynamic_slice", DynamicSlice, DynamicSlice, 2700, 2924),
    kernels("embedding", EmbeddingInt8, EmbeddingInt8, 336, 316),
    kernels("broadcast_args", BroadcastArgs, BroadcastArgs, 680, 704),
    kernels("control_flow", CallOnce, AssignVariable, 2308, 2304),
    kernels("circular_buffer", CircularBuffer, CircularBuffer, 268, 264),
    kernels("signal_frames", SignalDelay, SignalOverlapAddFloat32, 2364, 2360),
    kernels("signal_spectrum", SignalWindow, SignalEnergy, 896, 936),
    kernels("signal_fft_int16", SignalRfftInt16, SignalIrfftInt16, 3880, 3748),
    kernels("signal_fft_int32", SignalRfftInt32, SignalIrfftInt32, 5604, 6040),
    kernels("signal_fft_float32", SignalRfftFloat32, SignalIrfftFloat32, 4352, 4532),
    kernels("signal_filter_bank", SignalFilterBank, SignalFilterBankLog, 2652, 2680),
    kernels("detection_postprocess", DetectionPostprocess, DetectionPostprocess, 5240, 5220),
    kernels("feed_rows", FeedRows, FeedRows, 132, 128),
    // Replacements, which fall back to the plain kernels of the same ids.
    kernels("add_dsp", AddInt8, AddInt16, 1644, 0),
    kernels("add_mve", AddInt8, AddInt16, 0, 1836),
    kernels("average_pool_dsp", AveragePoolInt8, AveragePoolInt8, 928, 0),
    kernels("average_pool_mve", AveragePoolInt8, AveragePoolInt16, 0, 1784),
    kernels("max_pool_dsp", MaxPoolInt8, MaxPoolInt16, 1332, 0),
    kernels("max_pool_mve", MaxPoolInt8, MaxPoolInt16, 0, 1444),
    kernels("mul_dsp", MulInt8, MulInt8, 524, 0),
    kernels("mul_mve", MulInt8, MulInt16, 0, 1400),
    // Kernels of packed layers.
    kernels("packed_conv_dsp", PackedConvInt8, PackedConvInt8, 7070, 0),
    kernels("packed_conv_mve", PackedConvInt8, PackedConvInt8, 0, 5560),
    kernels("packed_depthwise_dsp", PackedDepthwiseInt8, PackedDepthwiseInt8, 1792, 0),
    kernels("depthwise_rows_dsp", PackedDepthwiseInt8, PackedDepthwiseInt8, 2996, 0),
    kernels("packed_depthwise_mve", PackedDepthwiseInt8, PackedDepthwiseInt8, 0, 4936),
    kernels("packed_conv_int16_dsp", PackedConvInt16, PackedConvInt16, 3160, 0),
    kernels("packed_conv_int16_mve", PackedConvInt16, PackedConvInt16, 0, 2440),
    kernels("packed_depthwise_int16_dsp", PackedDepthwiseInt16, PackedDepthwiseInt16, 1524, 0),
    kernels("packed_depthwise_int16_mve", PackedDepthwiseInt16, PackedDepthwiseInt16, 0, 2708),
    kernels("packed_lstm_dsp", PackedLstmInt8, PackedLstmInt8, 2220, 0, kTable16),
    kernels("packed_lstm_mve", PackedLstmInt8, PackedLstmInt8, 0, 2320, kTable16),
    kernels("packed_svdf_dsp", PackedSvdfInt8, PackedSvdfInt16, 2804, 0),
    kernels("packed_svdf_mve", PackedSvdfInt8, PackedSvdfInt16, 0, 2436),
};

}  // namespace

std::span<const CodeFile> coreFiles() {
    return kCore;
}

std::span<const CodeFile> helperFiles() {
    return kHelpers;
}

std::span<const CodeFile> kernelFiles() {
    return kKernels;
}

}  // namespace footprint

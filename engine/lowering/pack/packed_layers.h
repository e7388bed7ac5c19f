// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: common parts of the packers of Cortex-M layers. A layer is a row of int8
// weights, a bias and a factor per output channel, whatever its operator; packers arrange the rows
// in the order of an inner loop and write them to the parameter block of a packed kernel.

#include <cstdint>
#include <optional>
#include <vector>

#include "lowering/prepare/op_view.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"
#include "runtime/kernels/window.h"

namespace lowering {

using Rows = std::vector<std::vector<int8_t>>;

/// The plan's parameter struct.
template <typename Params>
Params paramsOf(const OpPlan& plan) {
    Params params;
    __builtin_memcpy(&params, plan.params.data(), sizeof params);
    return params;
}

size_t roundedUp(size_t value, size_t step);

/// Constant int8 weights [rows][columns] of an operand.
Rows rowsOf(const OpView& op, size_t operand, size_t rows, size_t columns);
/// Constant int32 or int64 biases; zeros where the operand is absent.
std::vector<int64_t> biasesOf(const OpView& op, size_t operand, size_t channels);

/// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED before packing.
struct SourceLayer {
    runtime::Window window;   ///< of a matrix: the rows of its input are pixels
    bool pointwise = false;   ///< 1x1 without stride: pixels are contiguous in memory
    bool perChannel = false;  ///< each output channel reads one input channel
    Rows rows;                ///< at least one row of at least one weight
    std::vector<int64_t> biases;
    std::vector<runtime::Factor> factors;
    int32_t inputOffset = 0, outputOffset = 0, lowest = 0, highest = 0;
};

/// Returns nothing for layers without a packed kernel: weights computed at run time, several
/// groups.
std::optional<SourceLayer> convolutionLayer(const OpView& op, const OpPlan& plan);
std::optional<SourceLayer> depthwiseLayer(const OpView& op, const OpPlan& plan);
std::optional<SourceLayer> fullyConnectedLayer(const OpView& op, const OpPlan& plan);

/// Sorts rows as in PackedDepthwiseParams: first those of the first output channel of every input
/// channel, padded with zero rows to whole blocks, then those of the second, and so on.
void orderByPass(SourceLayer& layer, size_t block);

/// Copies the parameters that packed layers keep unchanged.
template <typename Params>
ParamBlock<Params> paramsFrom(const SourceLayer& layer) {
    ParamBlock<Params> params;
    params->window = layer.window;
    params->padding = -layer.inputOffset;
    params->outputOffset = layer.outputOffset;
    params->lowest = layer.lowest;
    params->highest = layer.highest;
    return params;
}

/// [block of four rows][depth / group][4 rows][group], zeros after the last weight and row.
std::vector<int8_t> inBlocks(const Rows& rows, size_t depth, size_t group);
/// Pairs of rows as in PackedConvParams, `perGroup` pairs to a group; zeros likewise. fused: where
/// canFuse().
std::vector<int8_t> inPairs(const Rows& rows, size_t depth, size_t perGroup, bool fused);
/// True where every two weights of a pair of rows fit a 16-bit number, and the dot products of
/// the second row with any codes 24 bits.
bool canFuse(const Rows& rows);
/// [block of `lanes` rows][taps][lanes], zeros likewise.
std::vector<int8_t> inVectors(const Rows& rows, size_t taps, size_t lanes);

/// How layers of one activation type are packed; Channels: the packed form of biases and factors.
template <typename Channels>
struct Packing {
    size_t lanes;                                               ///< channels in a vector of MVE
    std::optional<Channels> (*channelsOf)(SourceLayer& layer);  ///< nothing: the layer stays plain
    void (*perChannel)(const SourceLayer&, const Channels&, runtime::PackedIsa, OpPlan&);
    void (*matrix)(const SourceLayer&, const Channels&, runtime::PackedIsa, OpPlan&);
};

template <typename Channels>
void packLayer(const Packing<Channels>& packing, std::optional<SourceLayer> layer,
               runtime::PackedIsa isa, OpPlan& plan) {
    if (!layer) return;
    if (layer->perChannel)
        orderByPass(*layer,
                    isa == runtime::PackedIsa::Dsp ? runtime::kChannelBlock : packing.lanes);
    const auto channels = packing.channelsOf(*layer);
    if (!channels) return;
    (layer->perChannel ? packing.perChannel : packing.matrix)(*layer, *channels, isa, plan);
}

/// Changes the plan to a packed kernel. Only the operands in `kept` remain; the parameters contain
/// the others.
void finishPacked(runtime::PackedKernel kernel, std::vector<uint8_t> params,
                  std::initializer_list<size_t> kept, int64_t scratch, OpPlan& plan);

}  // namespace lowering

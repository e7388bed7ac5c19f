// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/packed_layers.h"

#include <algorithm>

#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace lowering {
namespace {

using runtime::ConvParams;
using runtime::Factor;
using runtime::FullyConnectedParams;
using runtime::kChannelBlock;

const int8_t* weightsOf(const OpView& op, size_t operand) {
    return reinterpret_cast<const int8_t*>(op.graph().constantData(op.inputs()[operand]).data());
}

bool hasConstants(const OpView& op) {
    return op.graph().isConstant(op.inputs()[1]) &&
           (!op.hasInput(2) || op.graph().isConstant(op.inputs()[2]));
}

/// Weights [taps][channels] of depthwise filters as one row per channel.
Rows transposedRows(const OpView& op, size_t taps, size_t channels) {
    const int8_t* data = weightsOf(op, 1);
    Rows rows(channels, std::vector<int8_t>(taps));
    for (size_t tap = 0; tap < taps; ++tap)
        for (size_t c = 0; c < channels; ++c)
            rows[c][tap] = *data++;
    return rows;
}

/// One factor per row; the plan may have a single one for all.
std::vector<Factor> factorsOf(const OpPlan& plan, runtime::Part part, size_t rows) {
    std::vector<Factor> factors(part.count);
    __builtin_memcpy(factors.data(), plan.params.data() + part.offset, part.count * sizeof(Factor));
    if (part.count == 1) factors.resize(rows, factors[0]);
    return factors;
}

template <typename Params>
std::optional<SourceLayer> layerOf(const OpView& op, const OpPlan& plan, const Params& params,
                                   const runtime::Window& window, Rows rows) {
    if (rows.empty() || rows[0].empty()) return std::nullopt;
    SourceLayer layer;
    layer.window = window;
    layer.biases = biasesOf(op, 2, rows.size());
    layer.factors = factorsOf(plan, params.factors, rows.size());
    layer.rows = std::move(rows);
    layer.inputOffset = params.inputOffset;
    layer.outputOffset = params.outputOffset;
    layer.lowest = params.lowest;
    layer.highest = params.highest;
    return layer;
}

bool isPointwise(const runtime::Window& w) {
    return w.filterHeight == 1 && w.filterWidth == 1 && w.strideHeight == 1 && w.strideWidth == 1 &&
           w.padTop == 0 && w.padLeft == 0 && w.outHeight == w.inHeight && w.outWidth == w.inWidth;
}

runtime::Window matrixWindow(const FullyConnectedParams& params) {
    runtime::Window window;
    window.batches = 1;
    window.inHeight = window.outHeight = 1;
    window.inWidth = window.outWidth = params.batches;
    window.inChannels = params.depth;
    window.outChannels = params.outputs;
    window.filterHeight = window.filterWidth = 1;
    return window;
}

}  // namespace

size_t roundedUp(size_t value, size_t step) {
    return (value + step - 1) / step * step;
}

Rows rowsOf(const OpView& op, size_t operand, size_t rows, size_t columns) {
    const int8_t* data = weightsOf(op, operand);
    Rows all;
    for (size_t row = 0; row < rows; ++row, data += columns)
        all.emplace_back(data, data + columns);
    return all;
}

std::vector<int64_t> biasesOf(const OpView& op, size_t operand, size_t channels) {
    std::vector<int64_t> biases(channels, 0);
    if (!op.hasInput(operand)) return biases;
    const auto& data = op.graph().constantData(op.inputs()[operand]);
    if (op.input(operand).type == types::DataType::Int64) {
        __builtin_memcpy(biases.data(), data.data(), channels * sizeof(int64_t));
        return biases;
    }
    std::vector<int32_t> narrow(channels);
    __builtin_memcpy(narrow.data(), data.data(), channels * sizeof(int32_t));
    std::copy(narrow.begin(), narrow.end(), biases.begin());
    return biases;
}

std::optional<SourceLayer> convolutionLayer(const OpView& op, const OpPlan& plan) {
    const auto params = paramsOf<ConvParams>(plan);
    const runtime::Window& w = params.window;
    if (!hasConstants(op) || params.filterChannels != w.inChannels) return std::nullopt;
    auto layer = layerOf(op, plan, params, w,
                         rowsOf(op, 1, static_cast<size_t>(w.outChannels), channelWeights(params)));
    if (layer) layer->pointwise = isPointwise(w);
    return layer;
}

// A depthwise layer with one input channel is a convolution with another order of weights.
std::optional<SourceLayer> depthwiseLayer(const OpView& op, const OpPlan& plan) {
    const auto params = paramsOf<ConvParams>(plan);
    const runtime::Window& w = params.window;
    if (!hasConstants(op)) return std::nullopt;
    auto layer = layerOf(
        op, plan, params, w,
        transposedRows(op, static_cast<size_t>(w.filterHeight) * static_cast<size_t>(w.filterWidth),
                       static_cast<size_t>(w.outChannels)));
    if (layer) layer->perChannel = params.depthMultiplier == 1 || w.inChannels != 1;
    return layer;
}

std::optional<SourceLayer> fullyConnectedLayer(const OpView& op, const OpPlan& plan) {
    const auto params = paramsOf<FullyConnectedParams>(plan);
    if (!hasConstants(op)) return std::nullopt;
    auto layer = layerOf(
        op, plan, params, matrixWindow(params),
        rowsOf(op, 1, static_cast<size_t>(params.outputs), static_cast<size_t>(params.depth)));
    if (layer) layer->pointwise = true;
    return layer;
}

void orderByPass(SourceLayer& layer, size_t block) {
    const auto inputs = static_cast<size_t>(layer.window.inChannels);
    const size_t multiplier = layer.rows.size() / inputs;
    SourceLayer ordered = layer;
    ordered.rows.clear(), ordered.biases.clear(), ordered.factors.clear();
    for (size_t pass = 0; pass < multiplier; ++pass)
        for (size_t c = 0; c < roundedUp(inputs, block); ++c) {
            const size_t from = c * multiplier + pass;
            const bool isThere = c < inputs;
            ordered.rows.push_back(isThere ? layer.rows[from]
                                           : std::vector<int8_t>(layer.rows[0].size(), 0));
            ordered.biases.push_back(isThere ? layer.biases[from] : 0);
            ordered.factors.push_back(isThere ? layer.factors[from] : Factor{0, 0});
        }
    layer = std::move(ordered);
}

std::vector<int8_t> inBlocks(const Rows& rows, size_t depth, size_t group) {
    std::vector<int8_t> packed(roundedUp(rows.size(), kChannelBlock) * depth, 0);
    for (size_t r = 0; r < rows.size(); ++r)
        for (size_t t = 0; t < rows[r].size(); ++t)
            packed[((r / kChannelBlock * depth / group + t / group) * kChannelBlock +
                    r % kChannelBlock) *
                       group +
                   t % group] = rows[r][t];
    return packed;
}

std::vector<int8_t> inPairs(const Rows& rows, size_t depth, size_t perGroup, bool fused) {
    constexpr size_t kTaps[] = {0, 2, 1, 3};  // as widening words takes them
    const auto weight = [&](size_t row, size_t tap) -> int32_t {
        return row < rows.size() && tap < rows[row].size() ? rows[row][tap] : 0;
    };
    std::vector<int8_t> packed;
    for (size_t group = 0; group < rows.size(); group += 2 * perGroup)
        for (size_t four = 0; four < depth; four += 4)
            for (size_t row = group; row < group + 2 * perGroup; row += 2)
                for (size_t tap : kTaps) {
                    const int32_t first = weight(row, four + tap);
                    const int32_t second = weight(row + 1, four + tap);
                    packed.push_back(static_cast<int8_t>(first));
                    packed.push_back(static_cast<int8_t>(second - (fused && first < 0 ? 1 : 0)));
                }
    return packed;
}

// A code is at least -128.
bool canFuse(const Rows& rows) {
    constexpr int64_t kLargestSum = int64_t{1} << 23;
    for (size_t row = 1; row < rows.size(); row += 2) {
        int64_t largest = 0;
        for (size_t tap = 0; tap < rows[row].size(); ++tap) {
            const int32_t weight = rows[row][tap];
            largest += weight < 0 ? -128 * weight : 128 * weight;
            if (weight == INT8_MIN && rows[row - 1][tap] < 0) return false;
        }
        if (largest >= kLargestSum) return false;
    }
    return true;
}

std::vector<int8_t> inVectors(const Rows& rows, size_t taps, size_t lanes) {
    std::vector<int8_t> packed(roundedUp(rows.size(), lanes) * taps, 0);
    for (size_t r = 0; r < rows.size(); ++r)
        for (size_t t = 0; t < rows[r].size(); ++t)
            packed[(r / lanes * taps + t) * lanes + r % lanes] = rows[r][t];
    return packed;
}

void finishPacked(runtime::PackedKernel kernel, std::vector<uint8_t> params,
                  std::initializer_list<size_t> kept, int64_t scratch, OpPlan& plan) {
    plan.kernel = static_cast<runtime::KernelId>(kernel);
    plan.params = std::move(params);
    for (size_t i = 0; i < plan.inputs.size(); ++i)
        if (std::find(kept.begin(), kept.end(), i) == kept.end()) plan.inputs[i] = -1;
    plan.scratch.clear();
    if (scratch > 0) plan.scratch.push_back(scratch);
}

}  // namespace lowering

// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack_cortex_m.h"

#include <optional>

#include "lowering/packed_channels.h"
#include "runtime/kernels/convolution.h"
#include "runtime/kernels/fully_connected.h"

namespace lowering {
namespace {

using runtime::ConvParams;
using runtime::Factor;
using runtime::Family;
using runtime::FullyConnectedParams;
using runtime::kChannelBlock;
using runtime::KernelId;
using runtime::PackedConvParams;
using runtime::PackedDepthwiseParams;
using runtime::PackedKernel;

template <typename Params>
Params paramsOf(const OpPlan& plan) {
    Params params;
    __builtin_memcpy(&params, plan.params.data(), sizeof params);
    return params;
}

std::vector<Factor> factorsOf(const OpPlan& plan, runtime::Part part) {
    std::vector<Factor> factors(part.count);
    __builtin_memcpy(factors.data(), plan.params.data() + part.offset, part.count * sizeof(Factor));
    return factors;
}

/// A layer of weights [channel][tap] with a bias and a factor each: what convolutions, depthwise
/// ones and matrices have in common.
struct Layer {
    std::vector<std::vector<int8_t>> weights;
    std::vector<PackedChannel> channels;
};

std::vector<int32_t> biasesOf(const OpView& op, size_t channels) {
    std::vector<int32_t> biases(channels, 0);
    if (op.hasInput(2))
        __builtin_memcpy(biases.data(), op.graph().constantData(op.inputs()[2]).data(),
                         channels * sizeof(int32_t));
    return biases;
}

bool hasConstants(const OpView& op) {
    return op.graph().isConstant(op.inputs()[1]) &&
           (!op.hasInput(2) || op.graph().isConstant(op.inputs()[2]));
}

/// `weightAt` gives the index in the file of a channel's tap.
template <typename WeightAt>
std::optional<Layer> makeLayer(const OpView& op, size_t channels, size_t taps, int32_t inputOffset,
                               const std::vector<Factor>& factors, WeightAt weightAt) {
    const auto* data =
        reinterpret_cast<const int8_t*>(op.graph().constantData(op.inputs()[1]).data());
    const std::vector<int32_t> biases = biasesOf(op, channels);
    Layer layer;
    for (size_t c = 0; c < channels; ++c) {
        std::vector<int8_t> row(taps);
        for (size_t t = 0; t < taps; ++t)
            row[t] = data[weightAt(c, t)];
        const Factor factor = factors[factors.size() == 1 ? 0 : c];
        const SumRange range = rangeOf(row, biases[c], inputOffset);
        if (const auto constant = constantChannel(range, factor)) {
            row.assign(taps, 0);
            layer.channels.push_back(*constant);
        } else if (isPackable(factor, range)) {
            layer.channels.push_back({range.start, factor});
        } else {
            return std::nullopt;
        }
        layer.weights.push_back(std::move(row));
    }
    return layer;
}

size_t roundedUp(size_t value, size_t step) {
    return (value + step - 1) / step * step;
}

// [block of four channels][group of taps][4 channels][group]
std::vector<int8_t> inBlocks(const Layer& layer, size_t depth, size_t group) {
    const size_t blocks = roundedUp(layer.weights.size(), kChannelBlock) / kChannelBlock;
    std::vector<int8_t> packed(blocks * kChannelBlock * depth, 0);
    for (size_t c = 0; c < layer.weights.size(); ++c)
        for (size_t t = 0; t < layer.weights[c].size(); ++t)
            packed[((c / kChannelBlock * depth / group + t / group) * kChannelBlock +
                    c % kChannelBlock) *
                       group +
                   t % group] = layer.weights[c][t];
    return packed;
}

template <typename Params>
void addChannels(const Layer& layer, Family family, ParamBlock<Params>& params) {
    if (family == Family::Dsp) {
        std::vector<runtime::DspChannel> channels;
        for (const PackedChannel& channel : layer.channels)
            channels.push_back(dspChannel(channel, params->outputOffset));
        channels.resize(roundedUp(channels.size(), kChannelBlock));
        params->channels = params.add(channels);
        return;
    }
    std::vector<runtime::MveChannels> vectors;
    for (int32_t c = 0; c < static_cast<int32_t>(layer.channels.size()); c += kChannelBlock)
        vectors.push_back(mveChannels(layer.channels, {c, c + 1, c + 2, c + 3}));
    params->channels = params.add(vectors);
}

// Weights and bias now stand in the parameters.
void finish(PackedKernel kernel, std::vector<uint8_t> params, int32_t scratch, OpPlan& plan) {
    plan.kernel = static_cast<KernelId>(kernel);
    plan.params = std::move(params);
    plan.inputs[1] = plan.inputs[2] = -1;
    plan.scratch.clear();
    if (scratch > 0) plan.scratch.push_back(scratch);
}

void packLayer(const Layer& layer, Family family, ParamBlock<PackedConvParams> params,
               OpPlan& plan) {
    const auto group = static_cast<size_t>(runtime::groupOf(family));
    const size_t depth = roundedUp(layer.weights[0].size(), group);
    params->depth = static_cast<int32_t>(depth);
    params->weights = params.add(inBlocks(layer, depth, group));
    addChannels(layer, family, params);
    const int32_t scratch = packedConvScratch(*params, family);
    finish(PackedKernel::PackedConvInt8, params.bytes(), scratch, plan);
}

template <typename From>
void copyQuantization(const From& from, ParamBlock<PackedConvParams>& to) {
    to->padding = -from.inputOffset;
    to->outputOffset = from.outputOffset;
    to->lowest = from.lowest;
    to->highest = from.highest;
}

bool isPointwise(const runtime::Window& w) {
    return w.filterHeight == 1 && w.filterWidth == 1 && w.strideHeight == 1 && w.strideWidth == 1 &&
           w.padTop == 0 && w.padLeft == 0 && w.outHeight == w.inHeight && w.outWidth == w.inWidth;
}

void packConvolution(const OpView& op, Family family, OpPlan& plan) {
    const auto from = paramsOf<ConvParams>(plan);
    if (from.filterChannels != from.window.inChannels) return;
    const size_t taps = channelWeights(from);
    const auto layer =
        makeLayer(op, static_cast<size_t>(from.window.outChannels), taps, from.inputOffset,
                  factorsOf(plan, from.factors), [&](size_t c, size_t t) { return c * taps + t; });
    if (!layer || layer->weights.empty() || taps == 0) return;
    ParamBlock<PackedConvParams> params;
    params->window = from.window;
    params->pointwise = isPointwise(from.window) ? 1 : 0;
    copyQuantization(from, params);
    packLayer(*layer, family, params, plan);
}

void packFullyConnected(const OpView& op, Family family, OpPlan& plan) {
    const auto from = paramsOf<FullyConnectedParams>(plan);
    const auto taps = static_cast<size_t>(from.depth);
    const auto layer =
        makeLayer(op, static_cast<size_t>(from.outputs), taps, from.inputOffset,
                  factorsOf(plan, from.factors), [&](size_t c, size_t t) { return c * taps + t; });
    if (!layer || layer->weights.empty() || taps == 0) return;
    ParamBlock<PackedConvParams> params;
    params->window.batches = 1;
    params->window.inHeight = params->window.outHeight = 1;
    params->window.inWidth = params->window.outWidth = from.batches;
    params->window.inChannels = from.depth;
    params->window.outChannels = from.outputs;
    params->window.filterHeight = params->window.filterWidth = 1;
    params->pointwise = 1;
    copyQuantization(from, params);
    packLayer(*layer, family, params, plan);
}

// [channels / 4][taps / 2][channel 0 2 1 3][2 taps]
std::vector<int16_t> inTapPairs(const Layer& layer, size_t taps) {
    constexpr size_t kOrder[] = {0, 2, 1, 3};
    std::vector<int16_t> packed;
    for (size_t c = 0; c < layer.weights.size(); c += 4)
        for (size_t t = 0; t < taps; t += 2)
            for (size_t lane : kOrder)
                for (size_t tap : {t, t + 1}) {
                    const auto& row = layer.weights[c + lane];
                    packed.push_back(tap < row.size() ? row[tap] : 0);
                }
    return packed;
}

// [block of 16 channels][tap][16]
std::vector<int8_t> inVectors(const Layer& layer, size_t taps) {
    constexpr size_t kVector = 16;
    const size_t channels = layer.weights.size();
    std::vector<int8_t> packed(roundedUp(channels, kVector) * taps, 0);
    for (size_t c = 0; c < channels; ++c)
        for (size_t t = 0; t < layer.weights[c].size(); ++t)
            packed[(c / kVector * taps + t) * kVector + c % kVector] = layer.weights[c][t];
    return packed;
}

bool hasSmallest(const Layer& layer) {
    for (const auto& row : layer.weights)
        for (int8_t weight : row)
            if (weight == INT8_MIN) return true;
    return false;
}

void packPerChannel(const Layer& layer, Family family, const ConvParams& from, OpPlan& plan) {
    const auto channels = static_cast<int32_t>(layer.channels.size());
    if (family == Family::Dsp ? channels % 4 != 0 : hasSmallest(layer)) return;
    ParamBlock<PackedDepthwiseParams> params;
    params->window = from.window;
    params->taps = static_cast<int32_t>(roundedUp(layer.weights[0].size(), 2));
    params->padding = -from.inputOffset;
    params->outputOffset = from.outputOffset;
    params->lowest = from.lowest;
    params->highest = from.highest;
    const auto taps = static_cast<size_t>(params->taps);
    if (family == Family::Dsp) {
        params->weights = params.add(inTapPairs(layer, taps));
        addChannels(layer, family, params);
    } else {
        params->weights = params.add(inVectors(layer, taps));
        std::vector<runtime::MveChannels> vectors;
        for (int32_t c = 0; c < channels; c += 16)
            for (int32_t j : {0, 2, 1, 3})
                vectors.push_back(
                    mveChannels(layer.channels, {c + j, c + j + 4, c + j + 8, c + j + 12}));
        params->channels = params.add(vectors);
    }
    finish(PackedKernel::PackedDepthwiseInt8, params.bytes(), packedDepthwiseScratch(*params),
           plan);
}

// From one input channel it is a plain convolution with another order of weights.
void packDepthwise(const OpView& op, Family family, OpPlan& plan) {
    const auto from = paramsOf<ConvParams>(plan);
    const runtime::Window& w = from.window;
    if (from.depthMultiplier != 1 && w.inChannels != 1) return;
    const auto channels = static_cast<size_t>(w.outChannels);
    const auto taps = static_cast<size_t>(w.filterHeight * w.filterWidth);
    const auto layer =
        makeLayer(op, channels, taps, from.inputOffset, factorsOf(plan, from.factors),
                  [&](size_t c, size_t t) { return t * channels + c; });
    if (!layer || channels == 0 || taps == 0) return;
    if (from.depthMultiplier == 1) {
        packPerChannel(*layer, family, from, plan);
        return;
    }
    ParamBlock<PackedConvParams> params;
    params->window = w;
    copyQuantization(from, params);
    packLayer(*layer, family, params, plan);
}

}  // namespace

void packForTarget(const OpView& op, Target target, OpPlan& plan) {
    if (target == Target::Portable) return;
    const Family family = target == Target::CortexMMve ? Family::Mve : Family::Dsp;
    switch (plan.kernel) {
        case KernelId::ConvInt8:
            if (hasConstants(op)) packConvolution(op, family, plan);
            break;
        case KernelId::DepthwiseConvInt8:
            if (hasConstants(op)) packDepthwise(op, family, plan);
            break;
        case KernelId::FullyConnectedInt8:
            if (hasConstants(op)) packFullyConnected(op, family, plan);
            break;
        default:
            break;
    }
}

}  // namespace lowering

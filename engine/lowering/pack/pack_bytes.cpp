// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/pack_bytes.h"

#include <utility>

#include "lowering/pack/packed_channels.h"
#include "runtime/cortex_m/depthwise_rows.h"

namespace lowering {
namespace {

using runtime::kChannelBlock;
using runtime::PackedConvParams;
using runtime::PackedDepthwiseParams;
using runtime::PackedIsa;
using runtime::PackedKernel;

constexpr size_t kLanes = 16;  // lanes of MVE's vectors

using Channels = std::vector<PackedChannel>;

/// Returns nothing where a channel exceeds the range of the packed kernels. Channels that give one
/// code for any input lose their weights.
std::optional<Channels> channelsOf(SourceLayer& layer) {
    Channels channels;
    for (size_t c = 0; c < layer.rows.size(); ++c) {
        auto& row = layer.rows[c];
        const SumRange range =
            rangeOf(row, static_cast<int32_t>(layer.biases[c]), layer.inputOffset);
        if (const auto constant = constantChannel(range, layer.factors[c])) {
            row.assign(row.size(), 0);
            channels.push_back(*constant);
        } else if (isPackable(layer.factors[c], range)) {
            channels.push_back({range.start, layer.factors[c]});
        } else {
            return std::nullopt;
        }
    }
    return channels;
}

std::vector<runtime::DspChannel> dspChannels(const Channels& channels, int32_t outputOffset) {
    std::vector<runtime::DspChannel> packed;
    for (const PackedChannel& channel : channels)
        packed.push_back(dspChannel(channel, outputOffset));
    packed.resize(roundedUp(packed.size(), kChannelBlock));
    return packed;
}

void packPairs(const SourceLayer& layer, const Channels& channels,
               ParamBlock<PackedConvParams>& params) {
    const bool fused = canFuse(layer.rows);
    const size_t perGroup = columnPixels(layer.window) == 1 ? 2 : 1;
    auto packed = dspChannels(channels, layer.outputOffset);
    for (size_t c = 1; fused && c < packed.size(); c += 2)
        packed[c].bias *= 2;
    params->fused = fused ? 1 : 0;
    params->weights =
        params.add(inPairs(layer.rows, static_cast<size_t>(params->depth), perGroup, fused));
    params->channels = params.add(packed);
}

void packBlocks(const SourceLayer& layer, const Channels& channels,
                ParamBlock<PackedConvParams>& params) {
    const auto depth = static_cast<size_t>(params->depth);
    params->weights = params.add(inBlocks(layer.rows, depth, groupOf(PackedIsa::Mve)));
    std::vector<runtime::MveChannels> vectors;
    for (int32_t c = 0; c < static_cast<int32_t>(channels.size()); c += kChannelBlock)
        vectors.push_back(mveChannels(channels, {c, c + 1, c + 2, c + 3}));
    params->channels = params.add(vectors);
}

void packMatrix(const SourceLayer& layer, const Channels& channels, PackedIsa isa, OpPlan& plan) {
    auto params = paramsFrom<PackedConvParams>(layer);
    const auto group = static_cast<size_t>(runtime::groupOf(isa));
    params->pointwise = layer.pointwise ? 1 : 0;
    params->depth = static_cast<int32_t>(roundedUp(layer.rows[0].size(), group));
    (isa == PackedIsa::Dsp ? packPairs : packBlocks)(layer, channels, params);
    const int64_t scratch = packedConvScratch(*params, isa);
    finishPacked(PackedKernel::PackedConvInt8, params.bytes(), {0}, scratch, plan);
}

// [block of 4 channels][taps / 2][channel 0 2 1 3][2 taps]
std::vector<int16_t> inTapPairs(const Rows& rows, size_t taps) {
    constexpr size_t kOrder[] = {0, 2, 1, 3};
    std::vector<int16_t> packed;
    for (size_t c = 0; c < rows.size(); c += kChannelBlock)
        for (size_t t = 0; t < taps; t += 2)
            for (size_t lane : kOrder)
                for (size_t tap : {t, t + 1})
                    packed.push_back(c + lane < rows.size() && tap < rows[c + lane].size()
                                         ? rows[c + lane][tap]
                                         : 0);
    return packed;
}

std::vector<runtime::RowsChannel> rowsChannels(const SourceLayer& layer, const Channels& channels) {
    const auto doubled = [](int32_t value) {
        return static_cast<int32_t>(static_cast<uint32_t>(value) << 1);
    };
    std::vector<runtime::RowsChannel> packed(static_cast<size_t>(layer.window.inChannels));
    for (size_t c = 0; c < packed.size(); ++c) {
        for (size_t column = 0; column < 3; ++column)
            for (size_t i = 0; i < 4; ++i)
                packed[c].weights[column][i] =
                    static_cast<int16_t>(2 * layer.rows[c][(i / 2 + i % 2) * 3 + column]);
        packed[c].to = dspChannel(channels[c], layer.outputOffset);
        packed[c].to.bias = doubled(packed[c].to.bias);
    }
    return packed;
}

// MVE adds the products of two taps in 16 bits: -128 * -128 twice is the only sum beyond them.
bool hasSmallestPair(const Rows& rows) {
    for (const auto& row : rows)
        for (size_t t = 0; t + 1 < row.size(); t += 2)
            if (row[t] == INT8_MIN && row[t + 1] == INT8_MIN) return true;
    return false;
}

void packPerChannel(const SourceLayer& layer, const Channels& channels, PackedIsa isa,
                    OpPlan& plan) {
    if (isa == PackedIsa::Mve &&
        (hasSmallestPair(layer.rows) || outputsPerInput(layer.window) > runtime::kMaxScattered))
        return;
    auto params = paramsFrom<PackedDepthwiseParams>(layer);
    const size_t taps = roundedUp(layer.rows[0].size(), isa == PackedIsa::Mve ? 1 : 2);
    params->taps = static_cast<int32_t>(taps);
    params->multiplier = outputsPerInput(layer.window);
    const bool byRows = isa == PackedIsa::Dsp && computesRows(*params);
    if (byRows) {
        params->weights = params.add(rowsChannels(layer, channels));
    } else if (isa == PackedIsa::Dsp) {
        params->weights = params.add(inTapPairs(layer.rows, taps));
        params->channels = params.add(dspChannels(channels, layer.outputOffset));
    } else {
        params->weights = params.add(inVectors(layer.rows, taps, kLanes));
        std::vector<runtime::MveChannels> vectors;
        for (int32_t c = 0; c < static_cast<int32_t>(channels.size()); c += 16)
            for (int32_t j : {0, 2, 1, 3})
                vectors.push_back(mveChannels(channels, {c + j, c + j + 4, c + j + 8, c + j + 12}));
        params->channels = params.add(vectors);
    }
    const int64_t scratch = isa == PackedIsa::Mve ? mveDepthwiseScratch(*params, 1)
                            : byRows              ? depthwiseRowsScratch(layer.window)
                                                  : packedDepthwiseScratch(*params, 1);
    finishPacked(PackedKernel::PackedDepthwiseInt8, params.bytes(), {0}, scratch, plan);
}

constexpr Packing<Channels> kBytes{kLanes, channelsOf, packPerChannel, packMatrix};

}  // namespace

void packBytes(std::optional<SourceLayer> layer, PackedIsa isa, OpPlan& plan) {
    packLayer(kBytes, std::move(layer), isa, plan);
}

}  // namespace lowering

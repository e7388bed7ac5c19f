// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/pack_halfwords.h"

#include <utility>

#include "lowering/pack/wide_channels.h"

namespace lowering {
namespace {

using runtime::kChannelBlock;
using runtime::PackedConvParams;
using runtime::PackedDepthwiseParams;
using runtime::PackedIsa;
using runtime::PackedKernel;

constexpr size_t kHalfwordLanes = 8;  // of MVE's vectors

using WideChannels = std::vector<ScaledChannel>;

/// Returns nothing where a channel exceeds the range of the packed kernels.
std::optional<WideChannels> wideChannelsOf(SourceLayer& layer) {
    WideChannels channels;
    for (size_t c = 0; c < layer.rows.size(); ++c) {
        const auto channel = scaledChannel(layer.rows[c], layer.biases[c], layer.factors[c]);
        if (!channel) return std::nullopt;
        channels.push_back(*channel);
    }
    return channels;
}

// The widening instruction takes bytes 0 and 2, then 1 and 3.
void swapMiddles(std::vector<int8_t>& fours) {
    for (size_t i = 0; i < fours.size(); i += 4)
        std::swap(fours[i + 1], fours[i + 2]);
}

std::vector<runtime::WideChannel> wideChannels(const WideChannels& channels) {
    std::vector<runtime::WideChannel> packed;
    for (const ScaledChannel& channel : channels)
        packed.push_back(wideChannel(channel));
    packed.resize(roundedUp(packed.size(), kChannelBlock));
    return packed;
}

void packHalfwordMatrix(const SourceLayer& layer, const WideChannels& channels, PackedIsa isa,
                        OpPlan& plan) {
    auto params = paramsFrom<PackedConvParams>(layer);
    const auto group = static_cast<size_t>(runtime::halfwordGroupOf(isa));
    const size_t depth = roundedUp(layer.rows[0].size(), group);
    params->pointwise = layer.pointwise ? 1 : 0;
    params->depth = static_cast<int32_t>(depth);
    auto weights = inBlocks(layer.rows, depth, group);
    if (isa == PackedIsa::Dsp) swapMiddles(weights);
    params->weights = params.add(weights);
    params->channels = params.add(wideChannels(channels));
    const int64_t scratch = packedConvInt16Scratch(*params);
    finishPacked(PackedKernel::PackedConvInt16, params.bytes(), {0}, scratch, plan);
}

std::vector<int16_t> widened(const std::vector<int8_t>& weights) {
    return {weights.begin(), weights.end()};
}

void packHalfwordsPerChannel(const SourceLayer& layer, const WideChannels& channels, PackedIsa isa,
                             OpPlan& plan) {
    if (isa == PackedIsa::Mve)
        for (const ScaledChannel& channel : channels)
            if (!fitsWithBias(channel)) return;
    auto params = paramsFrom<PackedDepthwiseParams>(layer);
    const size_t taps = roundedUp(layer.rows[0].size(), isa == PackedIsa::Mve ? 1 : 2);
    params->taps = static_cast<int32_t>(taps);
    params->multiplier = outputsPerInput(layer.window);
    if (isa == PackedIsa::Dsp) {
        params->weights = params.add(widened(inVectors(layer.rows, taps, kChannelBlock)));
        params->channels = params.add(wideChannels(channels));
    } else {
        params->weights = params.add(inVectors(layer.rows, taps, kHalfwordLanes));
        std::vector<runtime::MveChannels> vectors;
        for (size_t c = 0; c < channels.size(); c += kHalfwordLanes)
            for (size_t odd : {0, 1})
                vectors.push_back(everySecondChannel(channels, c + odd));
        params->channels = params.add(vectors);
    }
    const int64_t scratch = isa == PackedIsa::Mve ? mveDepthwiseScratch(*params, 2)
                                                  : packedDepthwiseScratch(*params, 2);
    finishPacked(PackedKernel::PackedDepthwiseInt16, params.bytes(), {0}, scratch, plan);
}

constexpr Packing<WideChannels> kHalfwords{kHalfwordLanes, wideChannelsOf, packHalfwordsPerChannel,
                                           packHalfwordMatrix};

}  // namespace

void packHalfwords(std::optional<SourceLayer> layer, PackedIsa isa, OpPlan& plan) {
    packLayer(kHalfwords, std::move(layer), isa, plan);
}

}  // namespace lowering

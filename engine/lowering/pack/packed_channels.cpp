// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/packed_channels.h"

namespace lowering {
namespace {

// A factor of zero gives zero with any shift; 1 is a shift that the formula permits.
int32_t rightShift(runtime::Factor factor) {
    return factor.multiplier == 0 ? 1 : -factor.shift;
}

}  // namespace

SumRange rangeOf(const std::vector<int8_t>& weights, int32_t bias, int32_t inputOffset) {
    const int32_t least = INT8_MIN + inputOffset, most = INT8_MAX + inputOffset;
    SumRange range{bias, bias, 0};
    int64_t start = bias;
    for (int32_t weight : weights) {
        range.lowest += weight * (weight > 0 ? least : most);
        range.highest += weight * (weight > 0 ? most : least);
        start += int64_t{weight} * inputOffset;
    }
    range.start = static_cast<int32_t>(start);
    return range;
}

// Beyond 22 bits the zero point, scaled up, could overflow the addend.
bool isPackable(runtime::Factor factor, const SumRange& range) {
    constexpr int64_t kLargestSum = int64_t{1} << 30;
    const int32_t shift = rightShift(factor);
    return shift >= 1 && shift <= 22 && range.lowest > -kLargestSum && range.highest < kLargestSum;
}

// Scaling is monotone where the left shift cannot wrap, so the ends of the range decide. With a
// multiplier of one half and a shift of one, a bias of 4 v gives v.
std::optional<PackedChannel> constantChannel(const SumRange& range, runtime::Factor factor) {
    constexpr int32_t kSaturates = 512;  // saturates to an output code for any zero point
    if (factor.shift > 0 || range.lowest < INT32_MIN || range.highest > INT32_MAX)
        return std::nullopt;
    const auto value = [&](int64_t sum) {
        return runtime::clamp(runtime::multiplyByFactor(static_cast<int32_t>(sum), factor),
                              -kSaturates, kSaturates);
    };
    if (value(range.lowest) != value(range.highest)) return std::nullopt;
    return PackedChannel{4 * value(range.lowest), {1 << 30, -1}};
}

runtime::DspChannel dspChannel(const PackedChannel& channel, int32_t outputOffset) {
    const int32_t shift = rightShift(channel.factor);
    const int32_t half = 1 << (shift - 1);
    return {channel.bias, channel.factor.multiplier, half + outputOffset * (1 << shift), shift};
}

runtime::MveChannels mveChannels(const std::vector<PackedChannel>& channels,
                                 const int32_t (&order)[4]) {
    runtime::MveChannels vector{};
    for (int lane = 0; lane < 4; ++lane) {
        const auto index = static_cast<size_t>(order[lane]);
        if (index >= channels.size()) continue;
        vector.bias[lane] = channels[index].bias;
        vector.multiplier[lane] = channels[index].factor.multiplier;
        vector.negatedShift[lane] = -rightShift(channels[index].factor);
    }
    return vector;
}

}  // namespace lowering

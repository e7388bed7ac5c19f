// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/wide_channels.h"

namespace lowering {
namespace {

constexpr int64_t kLowestWide = INT32_MIN, kHighestWide = INT32_MAX;

/// The factor as runtime::multiplyByFactor() reduces it for 64-bit sums.
struct Reduced {
    explicit Reduced(runtime::Factor factor)
        : multiplier(factor.multiplier < 0x7fff0000 ? (factor.multiplier + (1 << 15)) >> 16
                                                    : 0x7fff),
          shift(15 - factor.shift) {}

    /// True where multiplier / 2^shift is a whole number of 2^-32 that fits 31 bits.
    bool fits() const { return multiplier == 0 || (shift >= 16 && shift <= 32); }
    int32_t scaled() const { return multiplier == 0 ? 0 : multiplier * (1 << (32 - shift)); }

    int32_t multiplier, shift;
};

// Scaling is monotone, so the ends of the range decide.
std::optional<int32_t> constantCode(const ScaledChannel& channel, runtime::Factor factor) {
    constexpr int64_t kLargest = int64_t{1} << 46;  // largest sum that the plain formula accepts
    const int64_t lowest = channel.lowest + channel.bias, highest = channel.highest + channel.bias;
    if (15 - factor.shift > 62 || lowest < -kLargest || highest > kLargest) return std::nullopt;
    const int32_t code = runtime::multiplyByFactor(lowest, factor);
    if (code != runtime::multiplyByFactor(highest, factor) || code < -(1 << 20) || code > 1 << 20)
        return std::nullopt;
    return code;
}

}  // namespace

std::optional<ScaledChannel> scaledChannel(std::vector<int8_t>& weights, int64_t bias,
                                           runtime::Factor factor) {
    ScaledChannel channel;
    channel.bias = bias;
    for (int32_t weight : weights) {
        channel.lowest += weight * (weight > 0 ? INT16_MIN : INT16_MAX);
        channel.highest += weight * (weight > 0 ? INT16_MAX : INT16_MIN);
    }
    const Reduced reduced(factor);
    if (reduced.fits() && channel.lowest >= kLowestWide && channel.highest <= kHighestWide) {
        channel.multiplier = reduced.scaled();
        return channel;
    }
    const auto code = constantCode(channel, factor);
    if (!code) return std::nullopt;
    weights.assign(weights.size(), 0);
    return ScaledChannel{4 * int64_t{*code}, 1 << 30, 0, 0};
}

runtime::WideChannel wideChannel(const ScaledChannel& channel) {
    constexpr uint64_t kHalf = uint64_t{1} << 31;
    const uint64_t start =
        static_cast<uint64_t>(channel.bias) * static_cast<uint64_t>(int64_t{channel.multiplier});
    return {static_cast<int64_t>(start + kHalf), channel.multiplier, 0};
}

bool fitsWithBias(const ScaledChannel& channel) {
    return channel.bias >= kLowestWide - channel.lowest &&
           channel.bias <= kHighestWide - channel.highest;
}

runtime::MveChannels everySecondChannel(const std::vector<ScaledChannel>& channels, size_t first) {
    runtime::MveChannels vector{};
    for (size_t lane = 0; lane < 4 && first + 2 * lane < channels.size(); ++lane) {
        vector.bias[lane] = static_cast<int32_t>(channels[first + 2 * lane].bias);
        vector.multiplier[lane] = channels[first + 2 * lane].multiplier;
    }
    return vector;
}

}  // namespace lowering

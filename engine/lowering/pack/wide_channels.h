// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: bias and factor of output channels with int16 activations and 64-bit sums,
// in the form of the packed kernels (runtime::WideChannel has the formula).

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"

namespace lowering {

/// A code is round((sum + bias) * multiplier / 2^32); the sum of products lies in [lowest, highest]
/// and fits 32 bits.
struct ScaledChannel {
    int64_t bias = 0;
    int32_t multiplier = 0;
    int64_t lowest = 0, highest = 0;
};

/// For a channel with int16 inputs; nothing where its factor or its sum is out of range. A channel
/// that gives one code for any input loses its weights.
std::optional<ScaledChannel> scaledChannel(std::vector<int8_t>& weights, int64_t bias,
                                           runtime::Factor factor);

runtime::WideChannel wideChannel(const ScaledChannel& channel);

/// True where the sum plus its bias fits 32 bits, as the vectors of everySecondChannel() require.
bool fitsWithBias(const ScaledChannel& channel);
/// The channels first, first + 2, first + 4 and first + 6; those beyond the last are zero.
runtime::MveChannels everySecondChannel(const std::vector<ScaledChannel>& channels, size_t first);

}  // namespace lowering

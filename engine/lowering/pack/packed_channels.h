// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: bias and factor of each output channel as the packed kernels want them.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"

namespace lowering {

/// One output channel of a packed layer.
struct PackedChannel {
    int32_t bias = 0;  ///< with the input's zero point times the sum of the weights
    runtime::Factor factor;
};

/// All values that an accumulator can take, and `start`: its bias with the input's zero point
/// times the sum of the weights, to which products of codes and weights are added.
struct SumRange {
    int64_t lowest = 0, highest = 0;
    int32_t start = 0;
};

/// Of a channel with int8 inputs.
SumRange rangeOf(const std::vector<int8_t>& weights, int32_t bias, int32_t inputOffset);

/// Whether the formula of runtime::DspChannel holds: a factor below 1/2, sums below 2^30.
bool isPackable(runtime::Factor factor, const SumRange& range);

/// A channel that gives one code whatever its input (quantizers store those of pruned weights with
/// tiny scales and huge biases, outside of what isPackable() allows): weights of zero, and a bias
/// and factor that give this code. Nothing for other channels.
std::optional<PackedChannel> constantChannel(const SumRange& range, runtime::Factor factor);

runtime::DspChannel dspChannel(const PackedChannel& channel, int32_t outputOffset);

/// Bias, multiplier and negated shift of up to four channels; `order` names them, those beyond the
/// last are zero.
runtime::MveChannels mveChannels(const std::vector<PackedChannel>& channels,
                                 const int32_t (&order)[4]);

}  // namespace lowering

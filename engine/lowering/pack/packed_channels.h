// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: bias and factor of each output channel in the form of the packed kernels.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/fixed_point.h"

namespace lowering {

/// One output channel of a packed layer.
struct PackedChannel {
    int32_t bias = 0;  ///< includes the input's zero point times the sum of the weights
    runtime::Factor factor;
};

/// The range of an accumulator, and `start`: its bias plus the input's zero point times the sum of
/// the weights, to which products of codes and weights are added.
struct SumRange {
    int64_t lowest = 0, highest = 0;
    int32_t start = 0;
};

/// Returns the range of a channel with int8 inputs.
SumRange rangeOf(const std::vector<int8_t>& weights, int32_t bias, int32_t inputOffset);

/// True where the formula of runtime::DspChannel holds: a factor below 1/2, sums below 2^30.
bool isPackable(runtime::Factor factor, const SumRange& range);

/// For a channel that gives one code for any input (quantizers store pruned weights with tiny
/// scales and huge biases, beyond isPackable()), returns zero weights with a bias and factor that
/// give this code. Nothing for other channels.
std::optional<PackedChannel> constantChannel(const SumRange& range, runtime::Factor factor);

runtime::DspChannel dspChannel(const PackedChannel& channel, int32_t outputOffset);

/// Bias, multiplier and negated shift of up to four channels; `order` lists them, and those beyond
/// the last are zero.
runtime::MveChannels mveChannels(const std::vector<PackedChannel>& channels,
                                 const int32_t (&order)[4]);

}  // namespace lowering

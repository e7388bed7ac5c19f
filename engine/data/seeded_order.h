// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A shuffle that is the same on every machine (standard library shuffles are not).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace data {

/// 0 .. count - 1 in an order drawn from the seed: Mersenne twister and Fisher-Yates.
std::vector<size_t> seededOrder(size_t count, uint64_t seed);

}  // namespace data

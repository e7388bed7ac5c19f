// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A shuffle with the same result on every machine (standard library shuffles differ).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace data {

/// Returns 0 .. count - 1 in an order drawn from the seed: Mersenne twister and Fisher-Yates.
std::vector<size_t> seededOrder(size_t count, uint64_t seed);

}  // namespace data

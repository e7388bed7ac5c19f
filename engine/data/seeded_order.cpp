// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/seeded_order.h"

#include <numeric>
#include <random>
#include <utility>

namespace data {

std::vector<size_t> seededOrder(size_t count, uint64_t seed) {
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t{0});
    // The sequence of the engine is standardised; library distributions and shuffles are not.
    std::mt19937_64 random(seed);
    for (size_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
    return order;
}

}  // namespace data

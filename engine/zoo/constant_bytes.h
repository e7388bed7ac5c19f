// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts numbers to the little-endian bytes of a tensor's buffer. Build machines are
// little-endian, like the file format.

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace zoo {

static_assert(std::endian::native == std::endian::little);

template <typename Number>
std::vector<uint8_t> bytesOfNumbers(const std::vector<Number>& numbers) {
    std::vector<uint8_t> bytes(numbers.size() * sizeof(Number));
    if (!bytes.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
    return bytes;
}

}  // namespace zoo

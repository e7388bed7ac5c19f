// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Numbers as the bytes that files and tensors store: little-endian, one after another.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

namespace bytes {

static_assert(std::endian::native == std::endian::little);

/// Returns a copy of the numbers' bytes; none for no numbers.
template <std::ranges::contiguous_range Numbers>
std::vector<uint8_t> bytesOfNumbers(const Numbers& numbers) {
    static_assert(std::is_arithmetic_v<std::ranges::range_value_t<Numbers>>);
    const auto* first = reinterpret_cast<const uint8_t*>(std::ranges::data(numbers));
    return {first, first + std::ranges::size(numbers) * sizeof(*std::ranges::data(numbers))};
}

/// Returns a copy of the numbers that `stored` holds; bytes beyond the last whole one are left out.
template <typename Number>
std::vector<Number> numbersOfBytes(std::span<const uint8_t> stored) {
    static_assert(std::is_arithmetic_v<Number>);
    std::vector<Number> numbers(stored.size() / sizeof(Number));
    std::copy_n(stored.data(), numbers.size() * sizeof(Number),
                reinterpret_cast<uint8_t*>(numbers.data()));
    return numbers;
}

}  // namespace bytes

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Packed 4-bit codes: two per byte, the first in the low half. Cutting works on one code per byte.

#include <cstdint>
#include <span>
#include <vector>

namespace transform {

inline std::vector<uint8_t> unpackCodes(std::span<const uint8_t> packed, size_t count) {
    std::vector<uint8_t> codes(count);
    for (size_t i = 0; i < count; ++i)
        codes[i] = packed[i / 2] >> (i % 2 * 4) & 0xF;
    return codes;
}

inline std::vector<uint8_t> packCodes(std::span<const uint8_t> codes) {
    std::vector<uint8_t> packed((codes.size() + 1) / 2, 0);
    for (size_t i = 0; i < codes.size(); ++i)
        packed[i / 2] = static_cast<uint8_t>(packed[i / 2] | codes[i] << (i % 2 * 4));
    return packed;
}

}  // namespace transform

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Packed signed 4-bit weights: two per byte, the first in the low half.

#include <stdint.h>

namespace runtime {

inline void unpackInt4(const uint8_t* packed, uint32_t count, int8_t* unpacked) {
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t byte = packed[i / 2];
        const uint32_t half = i % 2 == 0 ? byte << 4 : byte & 0xf0u;
        unpacked[i] = static_cast<int8_t>(static_cast<int8_t>(half & 0xffu) >> 4);
    }
}

}  // namespace runtime

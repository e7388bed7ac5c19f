// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// zlib's CRC-32, for both ends of the log. Half a byte at a time, so the table has 16 entries, not
// 256.

#include <stdint.h>

namespace runtime {

inline uint32_t checksum(const uint8_t* bytes, uint32_t count) {
    static constexpr uint32_t kSteps[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                            0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                            0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                            0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = ~uint32_t{0};
    for (uint32_t i = 0; i < count; ++i) {
        crc ^= bytes[i];
        crc = crc >> 4 ^ kSteps[crc & 15];
        crc = crc >> 4 ^ kSteps[crc & 15];
    }
    return ~crc;
}

}  // namespace runtime

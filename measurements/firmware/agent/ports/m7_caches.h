// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Caches of the Cortex-M7. Source: Arm Cortex-M7 Devices Generic User Guide, cache maintenance.

#include "firmware/agent/ports/registers.h"

namespace firmware {

constexpr uint32_t kCacheLine = 32;

inline void synchronize() {
    __asm__ volatile("dsb\n\tisb" ::: "memory");
}

/// Invalidates both caches and switches them on.
inline void startCaches() {
    reg(0xe000ef50) = 0;  // ICIALLU
    reg(0xe000ed84) = 0;  // CSSELR: data cache, level 1
    synchronize();
    const uint32_t size = reg(0xe000ed80);
    const uint32_t sets = (size >> 13 & 0x7fff) + 1, ways = (size >> 3 & 0x3ff) + 1;
    for (uint32_t set = 0; set < sets; ++set)
        for (uint32_t way = 0; way < ways; ++way)
            reg(0xe000ef60) = set << 5 | way << 30;  // DCISW
    synchronize();
    setBits(0xe000ed14, 1u << 17 | 1u << 16);
    synchronize();
}

/// Drops what the data cache holds of memory that was changed behind it.
inline void forgetCached(uint32_t address, uint32_t bytes) {
    synchronize();
    for (uint32_t line = address & ~(kCacheLine - 1); line < address + bytes; line += kCacheLine)
        reg(0xe000ef5c) = line;  // DCIMVAC
    synchronize();
}

}  // namespace firmware

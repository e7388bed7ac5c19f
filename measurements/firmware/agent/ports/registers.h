// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Access to registers by their address, for the ports.

#include <stdint.h>

namespace firmware {

inline volatile uint32_t& reg(uint32_t address) {
    return *reinterpret_cast<volatile uint32_t*>(address);
}

inline void setBits(uint32_t address, uint32_t bits) {
    reg(address) = reg(address) | bits;
}

/// Writes `value` to the bits of `mask`.
inline void setField(uint32_t address, uint32_t mask, uint32_t value) {
    reg(address) = (reg(address) & ~mask) | value;
}

/// Waits until the bits read as `value`; false where they do not in about a tenth of a second, so
/// that a missing clock does not hang the agent.
inline bool waitFor(uint32_t address, uint32_t mask, uint32_t value) {
    for (uint32_t tries = 0; tries < 2'000'000; ++tries)
        if ((reg(address) & mask) == value) return true;
    return false;
}

/// Sleeps until the interrupt of that number, or another one, is pending; no handler runs for it.
inline void sleepUntil(uint32_t number) {
    const uint32_t at = number / 32 * 4, bit = 1u << number % 32;
    __asm__ volatile("cpsid i" ::: "memory");
    reg(0xe000e100 + at) = bit;  // enable
    __asm__ volatile("dsb\n\twfi" ::: "memory");
    reg(0xe000e180 + at) = bit;  // disable
    reg(0xe000e280 + at) = bit;  // no longer pending
    __asm__ volatile("cpsie i\n\tisb" ::: "memory");
}

/// Divider of a serial line's clock, times `scale`; 0 where no divider comes within 2 %.
inline uint32_t baudDivider(uint32_t clockHz, uint32_t baud, uint32_t scale, uint32_t least) {
    const uint64_t scaled = uint64_t{clockHz} * scale;
    const auto divider = static_cast<uint32_t>((scaled + baud / 2) / baud);
    if (divider < least) return 0;
    const uint64_t reached = scaled / divider;
    const uint64_t off = reached > baud ? reached - baud : baud - reached;
    return off * 50 <= baud ? divider : 0;
}

}  // namespace firmware

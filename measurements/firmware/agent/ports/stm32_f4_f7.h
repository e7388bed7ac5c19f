// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Clock tree and flash of the STM32F4 and F7, which agree. Sources: ST RM0090, RM0390, RM0385,
// chapters PWR, RCC and embedded flash memory. The PLL runs from the internal oscillator of 16 MHz
// (1 %), so no crystal is needed.

#include "firmware/agent/ports/stm32.h"

namespace firmware {

constexpr uint32_t kRcc = 0x40023800, kPwr = 0x40007000, kFlash = 0x40023c00;
constexpr uint32_t kHsiHz = 16'000'000;

inline constexpr uint32_t gpioF4F7(char letter) {
    return 0x40020000 + 0x400 * static_cast<uint32_t>(letter - 'A');
}

inline void enablePort(char letter) {
    setBits(kRcc + 0x30, 1u << (letter - 'A'));
}

struct ClockPlan {
    uint32_t multiplier;  ///< core clock in MHz: HSI / 8 x multiplier / 2
    uint32_t waitStates;
    uint32_t accelerator;  ///< bits of FLASH_ACR: prefetch and caches
    bool overdrive;        ///< above 168 MHz
};

/// The core's clock afterwards: that of the oscillator where the PLL does not start. APB1 runs at a
/// quarter of it, APB2 at half.
inline uint32_t startClock(const ClockPlan& plan) {
    setBits(kRcc + 0x40, 1u << 28);
    setBits(kRcc + 0x00, 1);
    reg(kRcc + 0x04) = 8 | plan.multiplier << 6 | 8u << 24 | 2u << 28;
    setBits(kRcc + 0x00, 1u << 24);
    if (!waitFor(kRcc + 0x00, 1u << 25, 1u << 25)) return kHsiHz;
    if (plan.overdrive) {
        setBits(kPwr, 1u << 16);
        if (!waitFor(kPwr + 0x04, 1u << 16, 1u << 16)) return kHsiHz;
        setBits(kPwr, 1u << 17);
        if (!waitFor(kPwr + 0x04, 1u << 17, 1u << 17)) return kHsiHz;
    }
    reg(kFlash) = plan.waitStates | plan.accelerator;
    if (!waitFor(kFlash, 0xf, plan.waitStates)) return kHsiHz;
    setField(kRcc + 0x08, 0xfcf3, 5u << 10 | 4u << 13 | 2);
    if (!waitFor(kRcc + 0x08, 0xc, 0x8)) return kHsiHz;
    return plan.multiplier * 1'000'000;
}

inline uint32_t apb1Hz(uint32_t coreHz) {
    return coreHz == kHsiHz ? coreHz : coreHz / 4;
}
inline uint32_t apb2Hz(uint32_t coreHz) {
    return coreHz == kHsiHz ? coreHz : coreHz / 2;
}

/// Sectors of equal size at the end of the flash.
struct LateSectors {
    uint32_t begin;  ///< address of the first one used
    uint32_t first;  ///< its number
    uint32_t bytes;  ///< of each
};

inline bool isFlashIdle() {
    return waitFor(kFlash + 0x0c, 1u << 16, 0) || waitFor(kFlash + 0x0c, 1u << 16, 0);
}

inline void unlockFlash() {
    if (!(reg(kFlash + 0x10) >> 31)) return;
    reg(kFlash + 0x04) = 0x45670123;
    reg(kFlash + 0x04) = 0xcdef89ab;
}

inline bool eraseSector(uint32_t number) {
    reg(kFlash + 0x0c) = 0xf2;
    reg(kFlash + 0x10) = 2u << 8 | number << 3 | 1u << 1;
    setBits(kFlash + 0x10, 1u << 16);
    // The larger sectors take up to 4 s.
    for (int wait = 0; wait < 60; ++wait)
        if (waitFor(kFlash + 0x0c, 1u << 16, 0)) return (reg(kFlash + 0x0c) & 0xf0) == 0;
    return false;
}

/// writeFlash() of the port. Bytes behind the last word stay as they are.
inline bool writeSectors(const LateSectors& sectors, uint32_t offset, const uint8_t* bytes,
                         uint32_t count) {
    if (!isFlashIdle()) return false;
    unlockFlash();
    bool good = offset % sectors.bytes != 0 || eraseSector(sectors.first + offset / sectors.bytes);
    reg(kFlash + 0x10) = 2u << 8 | 1;  // words of 32 bits
    for (uint32_t at = 0; at < count && good; at += 4) {
        uint32_t word = 0xffffffff;
        __builtin_memcpy(&word, bytes + at, count - at < 4 ? count - at : 4);
        reg(sectors.begin + offset + at) = word;
        __asm__ volatile("dsb" ::: "memory");
        good = isFlashIdle();
    }
    reg(kFlash + 0x10) = 1u << 31;
    return good;
}

}  // namespace firmware

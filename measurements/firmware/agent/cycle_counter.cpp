// SPDX-License-Identifier: GPL-3.0-or-later
// Cycles of the core from its debug unit (DWT, 32 bits); from the timer SysTick (24 bits, extended
// by its interrupt) where the core has no DWT or it does not count. Source: Armv7-M Architecture
// Reference Manual, DEMCR, DWT_CTRL, DWT_CYCCNT, SysTick; Armv6-M has SysTick alone.
#include "firmware/agent/port.h"

extern "C" void sysTick();

namespace firmware {

namespace {

volatile uint32_t& at(uint32_t address) {
    return *reinterpret_cast<volatile uint32_t*>(address);
}

constexpr uint32_t kDebugControl = 0xe000edfc, kTraceOn = 1u << 24;
constexpr uint32_t kDwtControl = 0xe0001000, kDwtCycles = 0xe0001004, kDwtUnlock = 0xe0001fb0;
constexpr uint32_t kTickControl = 0xe000e010, kTickReload = 0xe000e014, kTickNow = 0xe000e018;
constexpr uint32_t kTickRange = 1u << 24;

Counter kind = Counter::None;
volatile uint32_t wraps = 0;
uint64_t high = 0;
uint32_t last = 0;

bool dwtCounts() {
#if defined(__ARM_ARCH_6M__)
    return false;
#else
    at(kDebugControl) = at(kDebugControl) | kTraceOn;
    at(kDwtUnlock) = 0xc5acce55;  // Cortex-M7 locks it
    at(kDwtCycles) = 0;
    at(kDwtControl) = at(kDwtControl) | 1;
    const uint32_t begin = at(kDwtCycles);
    for (int i = 0; i < 16; ++i)
        __asm__ volatile("nop");
    return at(kDwtCycles) != begin;
#endif
}

uint64_t dwtCycles() {
    const uint32_t now = at(kDwtCycles);
    if (now < last) high += uint64_t{1} << 32;
    last = now;
    return high | now;
}

uint64_t tickCycles() {
    uint32_t before, now;
    do {
        before = wraps;
        now = at(kTickNow);
        __asm__ volatile("isb" ::: "memory");
    } while (before != wraps);
    return uint64_t{before} * kTickRange + (kTickRange - 1 - now);
}

}  // namespace

void startCycles() {
    if (dwtCounts()) {
        kind = Counter::Dwt;
        return;
    }
    kind = Counter::SysTick;
    at(kTickReload) = kTickRange - 1;
    at(kTickNow) = 0;
    at(kTickControl) = 7;  // on, with interrupt, the core's clock
}

Counter counterKind() {
    return kind;
}

uint64_t cycles() {
    return kind == Counter::Dwt ? dwtCycles() : tickCycles();
}

}  // namespace firmware

void sysTick() {
    firmware::wraps = firmware::wraps + 1;
}

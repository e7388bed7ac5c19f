// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Markers around each operator: hint instructions without a meaning on any core (hints 5 and 6 of
// Thumb's 16-bit NOP space; on RISC-V slti x0, x0, 5 and 6, from the hints for custom use), so they
// have no effect, but the counting plugin recognises them at any address. Each is in a function of
// its own, because the plugin excludes blocks with a marker from its counts.

#include <stdint.h>

namespace firmware {

constexpr unsigned kBeginHint = 0xbf50, kEndHint = 0xbf60;
constexpr uint32_t kBeginHintRiscV = 0x00502013, kEndHintRiscV = 0x00602013;

#if defined(__arm__)
[[gnu::noinline]] inline void countFromHere() {
    __asm__ volatile(".inst.n 0xbf50" ::: "memory");
}
[[gnu::noinline]] inline void countToHere() {
    __asm__ volatile(".inst.n 0xbf60" ::: "memory");
}
#elif defined(__riscv)
[[gnu::noinline]] inline void countFromHere() {
    __asm__ volatile("slti x0, x0, 5" ::: "memory");
}
[[gnu::noinline]] inline void countToHere() {
    __asm__ volatile("slti x0, x0, 6" ::: "memory");
}
#endif

}  // namespace firmware

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Markers around each operator: hint instructions that no core gives a meaning (hints 5 and 6 of
// the 16-bit NOP space), so that they cost nothing but are seen by the counting plugin wherever
// the linker puts them. Each stands in a function of its own, for the plugin leaves blocks that
// hold a marker out of its counts.

namespace firmware {

constexpr unsigned kBeginHint = 0xbf50, kEndHint = 0xbf60;

#if defined(__arm__)
[[gnu::noinline]] inline void countFromHere() {
    __asm__ volatile(".inst.n 0xbf50" ::: "memory");
}
[[gnu::noinline]] inline void countToHere() {
    __asm__ volatile(".inst.n 0xbf60" ::: "memory");
}
#endif

}  // namespace firmware

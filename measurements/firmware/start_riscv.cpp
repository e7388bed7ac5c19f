// SPDX-License-Identifier: GPL-3.0-or-later
// From reset to main() on a 32-bit RISC-V core: stack, trap handler, memory.
#include <stdint.h>

#include "firmware/semihosting.h"
#include "firmware/start.h"

extern "C" {
extern uint32_t stackTop[], bssBegin[], bssEnd[];
void reset();
[[noreturn]] void begin();
[[noreturn]] void fault();
}

// The emulator starts at the first address of its memory. Every trap is a crash: the firmware uses
// no interrupts.
[[gnu::naked, gnu::used, gnu::section(".vectors")]] void reset() {
    __asm__ volatile(
        ".option push\n\t"
        ".option arch, +zicsr\n\t"
        "la sp, stackTop\n\t"
        "la t0, fault\n\t"
        "csrw mtvec, t0\n\t"
        ".option pop\n\t"
        "j begin");
}

void begin() {
    for (uint32_t* word = bssBegin; word < bssEnd; ++word)
        *word = 0;
    firmware::exitWith(firmware::main());
}

[[gnu::aligned(4)]] void fault() {
    uint32_t cause, value;
    __asm__ volatile(
        ".option push\n\t"
        ".option arch, +zicsr\n\t"
        "csrr %0, mcause\n\t"
        "csrr %1, mtval\n\t"
        ".option pop"
        : "=r"(cause), "=r"(value));
    firmware::onFault(cause, value);
}

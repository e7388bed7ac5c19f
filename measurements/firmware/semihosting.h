// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text output and exit through the debugger or emulator that controls the core. Sources: Arm,
// "Semihosting for AArch32 and AArch64", operations SYS_WRITE0 and SYS_EXIT_EXTENDED; "RISC-V
// Semihosting", which takes the same operations.

#include <stdint.h>

namespace firmware {

#if defined(__riscv)
// The three instructions mark the call; they must be uncompressed and within one page, hence a
// function of their own that is aligned.
[[gnu::noinline, gnu::aligned(16)]] inline void semihost(uint32_t operation, const void* argument) {
    register uint32_t a0 __asm__("a0") = operation;
    register const void* a1 __asm__("a1") = argument;
    __asm__ volatile(
        ".option push\n\t"
        ".option norvc\n\t"
        "slli x0, x0, 0x1f\n\t"
        "ebreak\n\t"
        "srai x0, x0, 7\n\t"
        ".option pop"
        : "+r"(a0)
        : "r"(a1)
        : "memory");
}
#else
inline void semihost(uint32_t operation, const void* argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void* r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}
#endif

/// Writes zero-terminated text.
inline void write(const char* text) {
    constexpr uint32_t kWrite0 = 0x04;
    semihost(kWrite0, text);
}

[[noreturn]] inline void exitWith(uint32_t status) {
    constexpr uint32_t kExitExtended = 0x20, kApplicationExit = 0x20026;
    const uint32_t block[2] = {kApplicationExit, status};
    for (;;)
        semihost(kExitExtended, block);
}

}  // namespace firmware

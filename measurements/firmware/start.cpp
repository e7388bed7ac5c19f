// SPDX-License-Identifier: GPL-3.0-or-later
// From reset to main(): vector table, memory, floating-point and vector unit.
#include <stdint.h>

#include "firmware/semihosting.h"
#include "firmware/start.h"

extern "C" {
extern uint32_t stackTop[], bssBegin[], bssEnd[];
[[noreturn]] void reset();
[[noreturn]] void fault();
}

namespace firmware {

namespace {

using Handler = void (*)();

struct VectorTable {
    uint32_t* stack;
    Handler handlers[15];
};

// Every exception is a crash: the firmware uses no interrupts.
__attribute__((used, section(".vectors")))
const VectorTable kVectors = {stackTop,
                              {reset, fault, fault, fault, fault, fault, fault, nullptr, nullptr,
                               nullptr, nullptr, fault, fault, nullptr, fault}};

// Full access to coprocessors 10 and 11: floating point and MVE.
void enableFloatingPoint() {
    auto* const access = reinterpret_cast<volatile uint32_t*>(0xe000ed88);
    *access = *access | 0xfu << 20;
    __asm__ volatile("dsb\n\tisb" ::: "memory");
}

}  // namespace
}  // namespace firmware

void reset() {
    firmware::enableFloatingPoint();
    for (uint32_t* word = bssBegin; word < bssEnd; ++word)
        *word = 0;
    firmware::exitWith(firmware::main());
}

void fault() {
    uint32_t exception;
    __asm__ volatile("mrs %0, ipsr" : "=r"(exception));
    const auto* const status = reinterpret_cast<volatile uint32_t*>(0xe000ed28);
    firmware::onFault(exception, *status);
}

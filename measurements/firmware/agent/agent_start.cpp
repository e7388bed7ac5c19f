// SPDX-License-Identifier: GPL-3.0-or-later
// From reset to the agent's loop: vector table, initialised data, floating-point unit. A crash is
// recorded and resets the board, so that the agent can tell of it.
#include "firmware/agent/agent_core.h"
#include "firmware/agent/crash_record.h"

extern "C" {
extern uint32_t stackTop[], dataBegin[], dataEnd[], dataInFlash[], bssBegin[], bssEnd[];
[[noreturn]] void reset();
[[noreturn]] void fault();
void sysTick();
}

namespace firmware {

namespace {

using Handler = void (*)();

struct VectorTable {
    uint32_t* stack;
    Handler handlers[15];
};

__attribute__((used, section(".vectors")))
const VectorTable kVectors = {stackTop,
                              {reset, fault, fault, fault, fault, fault, fault, nullptr, nullptr,
                               nullptr, nullptr, fault, fault, nullptr, sysTick}};

volatile uint32_t& at(uint32_t address) {
    return *reinterpret_cast<volatile uint32_t*>(address);
}

constexpr uint32_t kVectorTable = 0xe000ed08, kResetControl = 0xe000ed0c;
constexpr uint32_t kCoprocessors = 0xe000ed88;
constexpr uint32_t kFaultStatus = 0xe000ed28, kFaultAddress = 0xe000ed38;

void prepareCore() {
    at(kVectorTable) = reinterpret_cast<uint32_t>(&kVectors);
#if defined(__ARM_FP)
    at(kCoprocessors) = at(kCoprocessors) | 0xfu << 20;
#endif
    __asm__ volatile("dsb\n\tisb" ::: "memory");
}

Crash crashNow() {
    Crash crash;
    __asm__ volatile("mrs %0, ipsr" : "=r"(crash.exception));
#if !defined(__ARM_ARCH_6M__)
    constexpr uint32_t kAddressIsKnown = 1u << 15;
    crash.status = at(kFaultStatus);
    if (crash.status & kAddressIsKnown) crash.address = at(kFaultAddress);
#endif
    crash.op = runningOp;
    return crash;
}

constinit Agent agent;

}  // namespace
}  // namespace firmware

void reset() {
    using namespace firmware;
    prepareCore();
    const uint32_t* from = dataInFlash;
    for (uint32_t* to = dataBegin; to < dataEnd;)
        *to++ = *from++;
    for (uint32_t* word = bssBegin; word < bssEnd; ++word)
        *word = 0;
    setUpPort();
    startCycles();
    agent.begin();
    for (;;) {
        uint8_t byte;
        if (receiveByte(byte))
            agent.take(byte);
        else
            agent.idle();
    }
}

void fault() {
    firmware::keepCrash(firmware::crashNow());
    firmware::at(firmware::kResetControl) = 0x05fa0004;  // SYSRESETREQ
    for (;;) {
    }
}

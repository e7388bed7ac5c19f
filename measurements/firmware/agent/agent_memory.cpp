// SPDX-License-Identifier: GPL-3.0-or-later
// The agent's memory as the linker script divides it (ports/agent_sections.ld), and the record of a
// crash, which a reset leaves as it is.
#include "firmware/agent/crash_record.h"
#include "firmware/agent/port.h"

extern "C" uint8_t poolBegin[], poolEnd[];

namespace firmware {

namespace {

constexpr uint32_t kIsValid = 0x48534143;

struct CrashRecord {
    uint32_t mark;
    Crash crash;
};
// Uninitialised on purpose, so without the constructor of Crash.
[[gnu::section(".noinit")]] alignas(CrashRecord) uint8_t recordBytes[sizeof(CrashRecord)];

CrashRecord& record() {
    return *reinterpret_cast<CrashRecord*>(recordBytes);
}

}  // namespace

RamArea ramArea() {
    return {poolBegin, static_cast<uint32_t>(poolEnd - poolBegin)};
}

void keepCrash(const Crash& crash) {
    record() = {kIsValid, crash};
}

Crash lastCrash() {
    return record().mark == kIsValid ? record().crash : Crash();
}

void forgetCrash() {
    record().mark = 0;
}

}  // namespace firmware

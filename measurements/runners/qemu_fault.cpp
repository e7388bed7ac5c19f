// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_fault.h"

#include <cstdio>

namespace runners {
namespace {

std::string exceptionName(uint32_t exception) {
    switch (exception) {
        case 3:
            return "HardFault";
        case 4:
            return "MemManage fault";
        case 5:
            return "BusFault";
        case 6:
            return "UsageFault";
        case 7:
            return "SecureFault";
        default:
            return "exception " + std::to_string(exception);
    }
}

struct Cause {
    int bit;
    const char* words;
};

constexpr Cause kCauses[] = {
    {0, "no code may run there"},
    {1, "no data may be read or written there"},
    {8, "bus error while fetching code"},
    {9, "precise bus error"},
    {10, "imprecise bus error"},
    {16, "undefined instruction"},
    {17, "jump out of Thumb code"},
    {19, "no floating point unit"},
    {20, "stack overflow"},
    {24, "unaligned access"},
    {25, "division by zero"},
};

}  // namespace

std::string faultText(const QemuLog::Fault& fault) {
    std::string text = exceptionName(fault.exception), causes;
    for (const Cause& cause : kCauses)
        if (fault.status >> cause.bit & 1)
            causes += (causes.empty() ? "" : ", ") + std::string(cause.words);
    if (!causes.empty()) text += ": " + causes;
    if (!fault.address) return text;
    char address[24];
    std::snprintf(address, sizeof address, " at 0x%08x", *fault.address);
    return text + address;
}

}  // namespace runners

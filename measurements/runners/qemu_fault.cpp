// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_fault.h"

#include <cstdio>
#include <iterator>

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

std::string cortexText(const QemuLog::Fault& fault) {
    std::string causes;
    for (const Cause& cause : kCauses)
        if (fault.status >> cause.bit & 1)
            causes += (causes.empty() ? "" : ", ") + std::string(cause.words);
    return exceptionName(fault.exception) + (causes.empty() ? "" : ": ") + causes;
}

/// By mcause, from 0.
constexpr const char* kRiscVCauses[] = {
    "jump to an odd address", "no code may run there",
    "illegal instruction",    "breakpoint",
    "unaligned load",         "bus error while loading",
    "unaligned store",        "bus error while storing",
};

std::string riscvText(uint32_t cause) {
    return cause < std::size(kRiscVCauses) ? std::string("trap: ") + kRiscVCauses[cause]
                                           : "trap " + std::to_string(cause);
}

}  // namespace

std::string faultText(const QemuLog::Fault& fault) {
    const std::string text = fault.cause ? riscvText(*fault.cause) : cortexText(fault);
    if (!fault.address) return text;
    char address[24];
    std::snprintf(address, sizeof address, " at 0x%08x", *fault.address);
    return text + address;
}

}  // namespace runners

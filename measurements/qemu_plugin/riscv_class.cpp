// SPDX-License-Identifier: GPL-3.0-or-later
#include "qemu_plugin/instruction_class.h"

namespace qemu_plugin {
namespace {

using enum InstructionClass;

// Quadrant (two bits) and function (three bits); loads and stores include those of RV32FC and
// RV64C.
InstructionClass classifyCompressed(uint32_t code) {
    const uint32_t function = code >> 13 & 7;
    switch (code & 3) {
        case 0:
            return function == 0 || function == 4 ? Other : function < 4 ? Load : Store;
        case 1:
            if (function == 1 || function == 5) return Branch;
            return function >= 6 ? ConditionalBranch : Other;
        default: {
            if (function != 4) return function == 0 ? Other : function < 4 ? Load : Store;
            const bool jumps = (code >> 2 & 31) == 0 && (code >> 7 & 31) != 0;
            return jumps ? Branch : Other;
        }
    }
}

InstructionClass classifyAtomic(uint32_t code) {
    return code >> 27 == 0b00010 ? Load : Store;
}

}  // namespace

InstructionClass classifyRiscV(uint32_t code) {
    if ((code & 3) != 3) return classifyCompressed(code);
    switch (code >> 2 & 31) {
        case 0b00000:
        case 0b00001:
            return Load;
        case 0b01000:
        case 0b01001:
            return Store;
        case 0b01011:
            return classifyAtomic(code);
        case 0b10000:
        case 0b10001:
        case 0b10010:
        case 0b10011:
            return MultiplyAccumulate;  // of floats
        case 0b11000:
            return ConditionalBranch;
        case 0b11001:
        case 0b11011:
            return Branch;
        default:
            return Other;
    }
}

}  // namespace qemu_plugin

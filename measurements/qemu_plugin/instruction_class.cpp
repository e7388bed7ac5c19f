// SPDX-License-Identifier: GPL-3.0-or-later
#include "qemu_plugin/instruction_class.h"

namespace qemu_plugin {
namespace {

using enum InstructionClass;

InstructionClass loadIf(bool load) {
    return load ? Load : Store;
}

InstructionClass classifyNarrow(uint16_t code) {
    const unsigned top = code >> 11;
    if (top == 0b01001) return Load;                                     // from the literal pool
    if (code >> 12 == 0b0101) return loadIf((code >> 9 & 7) >= 3);       // by register
    if (top >= 0b01100 && top <= 0b10011) return loadIf(top & 1);        // by immediate
    if (top == 0b11000 || top == 0b11001) return loadIf(top & 1);        // multiple
    if ((code & 0xfe00) == 0xb400) return Store;                         // push
    if ((code & 0xfe00) == 0xbc00) return code & 0x100 ? Branch : Load;  // pop
    if ((code & 0xf500) == 0xb100) return ConditionalBranch;             // compare with zero
    if ((code & 0xf000) == 0xd000 && (code & 0x0e00) != 0x0e00) return ConditionalBranch;
    if (top == 0b11100 || (code & 0xff00) == 0x4700) return Branch;
    return Other;
}

InstructionClass classifyMultiply(uint16_t first, uint16_t second) {
    const bool hasSum = (second & 0xf000) != 0xf000;
    switch (first >> 4 & 0xf) {
        case 0b0000:
        case 0b0001:
        case 0b0010:
        case 0b0011:
        case 0b0100:
        case 0b0101:
        case 0b0110:
            return hasSum ? MultiplyAccumulate : Other;
        case 0b1100:
        case 0b1101:
        case 0b1110:
            return MultiplyAccumulate;  // long
        default:
            return Other;
    }
}

// Low-overhead loops share the encoding space of branches.
InstructionClass classifyBranch(uint16_t first, uint16_t second) {
    if ((second & 0xf001) == 0xc001) return ConditionalBranch;  // le, letp, wls, wlstp
    if ((second & 0xd000) == 0xd000 || (second & 0xd000) == 0x9000) return Branch;
    if ((second & 0xd000) == 0x8000 && (first & 0x0380) != 0x0380) return ConditionalBranch;
    return Other;
}

bool isVectorMultiplyAccumulate(uint16_t first, uint16_t second) {
    // VMLADAV, VMLALDAV: across a vector; VADDV has the same bits, but another size field.
    if ((first & 0xef80) == 0xee80 && (second & 0x0e51) == 0x0e00)
        return !((first & 1) && (second & 0x100));
    // VMLA, VMLAS, VFMA with a scalar; VFMA of vectors.
    if ((first & 0xef81) == 0xee01 && (second & 0x0f60) == 0x0e40) return true;
    if ((first & 0xff80) == 0xef00 && (second & 0x0f10) == 0x0c10) return true;
    // Scalar floats: VMLA, VFMA.
    const unsigned kind = first & 0xffb0;
    return (kind == 0xee00 || kind == 0xeea0) && (second & 0x0e10) == 0x0a00;
}

// Floating point and MVE.
InstructionClass classifyVector(uint16_t first, uint16_t second) {
    if ((first & 0xee00) == 0xec00) {
        const bool movesPair =
            (first & 0xfe0) == 0xc40 || ((first & 0xfa0) == 0xc00 && (second & 0x1fe0) == 0x0f00);
        if ((first & 0xf000) == 0xf000 && (second & 0x0f00) == 0x0800) return MultiplyAccumulate;
        return movesPair ? Other : loadIf(first & 0x10);
    }
    return isVectorMultiplyAccumulate(first, second) ? MultiplyAccumulate : Other;
}

InstructionClass classifyWide(uint16_t first, uint16_t second) {
    const unsigned group = first >> 11 & 3, op = first >> 4 & 0x7f;
    if (group == 0b01) {
        if (op & 0x40) return classifyVector(first, second);
        if ((op & 0x60) != 0) return Other;  // data processing
        if ((first & 0xfff0) == 0xe8d0 && (second & 0xffe0) == 0xf000) return Branch;  // table
        const bool load = first & 0x10;
        const bool toCounter = !(op & 4) && load && (second & 0x8000);
        return toCounter ? Branch : loadIf(load);
    }
    if (group == 0b10) return second & 0x8000 ? classifyBranch(first, second) : Other;
    if (op & 0x40) return classifyVector(first, second);
    if ((op & 0x71) == 0) return Store;
    if ((op & 0x60) == 0) return op & 1 ? Load : Other;
    return (op & 0x70) == 0x30 ? classifyMultiply(first, second) : Other;
}

}  // namespace

InstructionClass classify(uint16_t first, uint16_t second, bool isWide) {
    return isWide ? classifyWide(first, second) : classifyNarrow(first);
}

}  // namespace qemu_plugin

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Class of a Thumb or RISC-V instruction, from its encoding, as precise as the mix needs: memory
// access, branch, multiply-accumulate, else other. Sources of the encodings: Arm v7-M and v8-M
// Architecture Reference Manuals, "The Thumb instruction set encoding"; The RISC-V Instruction Set
// Manual, volume I, "RV32/64G Instruction Set Listings" and "RVC Instruction Set Listings".

#include <cstdint>

namespace qemu_plugin {

enum class InstructionClass : uint8_t {
    Other,
    Load,
    Store,
    MultiplyAccumulate,  ///< with an addition; a plain multiplication is Other
    Branch,              ///< always taken
    ConditionalBranch,
};
constexpr int kInstructionClasses = 6;

/// `second`: the second half of a 32-bit instruction; `isWide`: it has one.
InstructionClass classify(uint16_t first, uint16_t second, bool isWide);
/// `code`: 32 bits, or 16 with zeros above. A core without floating point multiplies and adds in
/// two instructions, so none is a MultiplyAccumulate. An atomic instruction counts as a Store, but
/// LR.
InstructionClass classifyRiscV(uint32_t code);

}  // namespace qemu_plugin

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The class of a Thumb instruction, from its bits. Enough for the mix: what it does to the machine
// first (memory, branch, multiply-accumulate), all else is other.
// Source of the encodings: Arm v7-M and v8-M Architecture Reference Manuals, "The Thumb
// instruction set encoding".

#include <cstdint>

namespace qemu_plugin {

enum class InstructionClass : uint8_t {
    Other,
    Load,
    Store,
    MultiplyAccumulate,  ///< with a sum; a multiplication alone is Other
    Branch,              ///< always taken
    ConditionalBranch,
};
constexpr int kInstructionClasses = 6;

/// `second` is the second half of a 32-bit instruction, `isWide` tells whether there is one.
InstructionClass classify(uint16_t first, uint16_t second, bool isWide);

}  // namespace qemu_plugin

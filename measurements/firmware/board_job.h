// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardJob: what the emulator loads into memory beside the firmware, at the linker script's symbol
// `job`: this header, a Program (runtime/program.h), the bytes of its inputs, then space for arena
// and state. The firmware runs it and writes its log, so no model needs a compiler.
//
// Offsets count bytes from the start of the BoardJob and are multiples of 16. Little-endian.

#include <stdint.h>

namespace firmware {

constexpr uint32_t kJobMagic = 0x424a434e;  ///< "NCJB"
constexpr uint32_t kJobVersion = 1;

struct BoardJob {
    uint32_t magic = kJobMagic;
    uint32_t version = kJobVersion;
    uint32_t programOffset = 0;
    uint32_t inputsOffset = 0;  ///< per invoke: all inputs in order, each padded to 16 bytes
    uint32_t inputsBytes = 0;   ///< of one invoke
    uint32_t arenaOffset = 0;   ///< arena, then state
    uint32_t invokes = 1;
    uint32_t plainKernels = 0;  ///< 1: the reference kernels, where the core's own need no packing
};
static_assert(sizeof(BoardJob) == 32);

/// Exit statuses of the firmware; those below kExitBadJob are runtime::Status values.
constexpr uint32_t kExitBadJob = 64, kExitFault = 65;

}  // namespace firmware

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The emulated boards.

#include <cstddef>
#include <cstdint>

#include "types/target.h"

namespace runners {

struct QemuBoard {
    const char* name;     ///< "m4", as in the firmware's file name
    const char* machine;  ///< QEMU's name
    const char* core;
    uint32_t jobAddress;  ///< region `jobs` in firmware/boards/*.ld

    types::Isa isa() const { return types::isaOf(core); }
};

constexpr size_t kQemuRoomBytes = size_t{16} << 20;  ///< size of that region

constexpr QemuBoard kQemuM4{"m4", "mps2-an386", "Cortex-M4", 0x21000000};
constexpr QemuBoard kQemuM7{"m7", "mps2-an500", "Cortex-M7", 0x60000000};
constexpr QemuBoard kQemuM33{"m33", "mps2-an505", "Cortex-M33", 0x80000000};
constexpr QemuBoard kQemuM55{"m55", "mps3-an547", "Cortex-M55", 0x70000000};

}  // namespace runners

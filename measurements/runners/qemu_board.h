// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The emulated boards.

#include <cstddef>
#include <cstdint>

#include "types/target.h"

namespace runners {

/// What emulating one kind of cores needs, by program and by Debian package.
struct QemuFamily {
    const char* name;
    const char* toolchain;  ///< file of CMake, in the source folder
    const char *emulator, *emulatorPackage;
    const char *compiler, *compilerPackage;  ///< the build makes the firmware where it is installed
    const char* imagesTarget;                ///< of the build
    const char* ownKernels;                  ///< name of the kernels that are not plain
};

constexpr QemuFamily kQemuCortexM{"cortex-m",          "engine/runtime/cortex_m/toolchain.cmake",
                                  "qemu-system-arm",   "qemu-system-arm",
                                  "arm-none-eabi-g++", "gcc-arm-none-eabi",
                                  "firmware_images",   "DSP"};
constexpr QemuFamily kQemuRiscV{"riscv",
                                "engine/runtime/riscv/toolchain.cmake",
                                "qemu-system-riscv32",
                                "qemu-system-misc",
                                "riscv64-unknown-elf-g++",
                                "gcc-riscv64-unknown-elf",
                                "firmware_images_riscv",
                                "RV32IM"};

struct QemuBoard {
    const char* name;     ///< "m4", as in the firmware's file name
    const char* target;   ///< "qemu-cortex-m4", as users write it
    const char* machine;  ///< QEMU's name
    const char* core;
    uint32_t jobAddress;  ///< region `jobs` in firmware/boards/*.ld
    const QemuFamily& family = kQemuCortexM;
    const char* cpu = nullptr;  ///< QEMU's name; null: the one of the machine

    types::Isa isa() const { return types::isaOf(core); }
    /// On a Cortex-M they need DSP instructions or vectors.
    bool hasOwnKernels() const { return &family != &kQemuCortexM || isa() != types::Isa::Portable; }
};

constexpr size_t kQemuRoomBytes = size_t{16} << 20;  ///< size of that region

// QEMU has no Cortex-M0+: a Cortex-M3 executes the same instructions, which are part of its own.
constexpr QemuBoard kQemuM0Plus{"m0plus", "qemu-cortex-m0plus", "mps2-an385", "Cortex-M0+",
                                0x21000000};
constexpr QemuBoard kQemuM4{"m4", "qemu-cortex-m4", "mps2-an386", "Cortex-M4", 0x21000000};
constexpr QemuBoard kQemuM7{"m7", "qemu-cortex-m7", "mps2-an500", "Cortex-M7", 0x60000000};
constexpr QemuBoard kQemuM33{"m33", "qemu-cortex-m33", "mps2-an505", "Cortex-M33", 0x80000000};
constexpr QemuBoard kQemuM55{"m55", "qemu-cortex-m55", "mps3-an547", "Cortex-M55", 0x70000000};
// A core without atomics, floating point and supervisor, as the one of ESP32-C3.
constexpr QemuBoard kQemuRv32{"rv32",
                              "qemu-riscv32",
                              "virt",
                              "RISC-V RV32IMC",
                              0x81000000,
                              kQemuRiscV,
                              "rv32,a=false,f=false,d=false,h=false,s=false"};

}  // namespace runners

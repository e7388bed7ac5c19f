# SPDX-License-Identifier: GPL-3.0-or-later
# 32-bit RISC-V with multiplication and compressed instructions, as in ESP32-C3; GNU tools, no C or
# C++ library.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_CXX_FLAGS_INIT
    "-march=rv32imc -mabi=ilp32 -msmall-data-limit=0 -nostdlib -ffunction-sections -fdata-sections")

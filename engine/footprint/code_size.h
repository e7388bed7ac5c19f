// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Flash of our own runtime's code for the operators of a model: the core, and the files of the
// kernels that its Program calls, one line each.
//
// Bytes are those of whole object files (code and constants), so a linker that drops unused
// functions needs somewhat less. Functions of libgcc that some kernels need are not counted.
//
// Source: arm-none-eabi-size on the archives of the cortex-m preset, GCC 12.2 -O2; the DSP column
// from the Cortex-M4, from which M7 and M33 differ by a few percent, the MVE column from the M55.
// tests/firmware/code_size_test.cpp compares it with the build.

#include <cstdint>
#include <span>
#include <vector>

#include "types/evaluation.h"
#include "types/graph.h"
#include "types/target.h"

namespace runtime {
struct Program;
}

namespace footprint {

/// One source file of engine/runtime. Kernels: those with ids from `first` to `last`.
struct CodeFile {
    const char* name;  ///< "conv_int8"
    uint16_t first, last;
    struct {
        int32_t dsp, mve;  ///< 0: not part of that build
    } bytes;
    uint8_t helpers = 0;  ///< shared files that it calls, one bit each as in helperFiles()
};

std::span<const CodeFile> coreFiles();    ///< every model needs them
std::span<const CodeFile> helperFiles();  ///< shared by kernels
std::span<const CodeFile> kernelFiles();

/// `program` was lowered from `graph` for `isa`.
std::vector<types::BudgetLine> codeSize(const runtime::Program& program, const types::Graph& graph,
                                        types::Isa isa);

}  // namespace footprint

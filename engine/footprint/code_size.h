// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Flash that the code of our own runtime takes, by the operators a model has: its core and the
// files of the kernels that its Program calls, one line each.
//
// Bytes are those of whole object files (code and constants), so a linker that drops unused
// functions leaves somewhat less. What libgcc adds for some kernels is not counted.
//
// Source: arm-none-eabi-size on the archives of the cortex-m preset, GCC 12.2 -O2; the column of
// the DSP extension from the Cortex-M4, from which M7 and M33 differ by a few percent, that of MVE
// from the M55. tests/firmware/own_code_test.cpp compares it with what was built.

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

/// One source of engine/runtime. Kernels: those of the ids from `first` to `last`.
struct CodeFile {
    const char* name;  ///< "conv_int8"
    uint16_t first, last;
    struct {
        int32_t dsp, mve;  ///< 0: not part of that build
    } bytes;
    uint8_t helpers = 0;  ///< shared files that it calls, a bit each in the order of helperFiles()
};

std::span<const CodeFile> coreFiles();    ///< every model needs them
std::span<const CodeFile> helperFiles();  ///< shared by kernels
std::span<const CodeFile> kernelFiles();

/// `program` was lowered from `graph` for `isa`.
std::vector<types::BudgetLine> codeSize(const runtime::Program& program, const types::Graph& graph,
                                        types::Isa isa);

}  // namespace footprint

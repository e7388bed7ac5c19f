// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The model as a C library: the runtime sources that it needs, its Program as an aligned const
// array, a header with one function, a self-test with an input and the expected CRC-32 of the
// output, a Makefile for this machine and an emulated Cortex-M4, and a README.
//
// The array exists once per kind of core (plain, DSP, MVE); the compiler's predefined macros select
// it, so one directory serves all targets and flash holds one Program.

#include <filesystem>
#include <functional>
#include <vector>

#include "lowering/execution.h"
#include "types/graph.h"
#include "types/result.h"

namespace exporting {

/// Makes the Program for one kind of core.
using LowerFor = std::function<types::Result<lowering::Lowered>(types::Isa)>;

/// Writes into `directory`, which is created if missing; returns all paths. `sources` contains
/// runtime/ and firmware/. Names derive from the directory's name. `lowerFor`: how `graph` runs;
/// empty: each operator as a whole, in the smallest arena.
types::Result<std::vector<std::filesystem::path>> writeCLibrary(
    const types::Graph& graph, const std::filesystem::path& sources,
    const std::filesystem::path& directory, const LowerFor& lowerFor = {});

}  // namespace exporting

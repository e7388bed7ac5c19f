// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The model as a C library: the sources of the runtime that it needs, its Program as an aligned
// const array, a header with one function, a self-test with an input and the CRC-32 of the output
// it must give, a Makefile for this machine and an emulated Cortex-M4, and a README.
//
// The array is there once for each kind of core (plain, DSP, MVE); the compiler's own macros
// choose, so one directory serves all targets and flash holds one Program.

#include <filesystem>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace exporting {

/// Writes into `directory`, which is made where it is not there; gives back all paths. `sources`
/// holds runtime/ and firmware/. Names are made of the directory's own name.
types::Result<std::vector<std::filesystem::path>> writeCLibrary(
    const types::Graph& graph, const std::filesystem::path& sources,
    const std::filesystem::path& directory);

}  // namespace exporting

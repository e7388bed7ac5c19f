// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files of the embedded runtime that a set of kernels needs: the file that defines each kernel,
// the headers it includes, the sources that belong to those headers, and so on.

#include <filesystem>
#include <set>
#include <string>

#include "types/result.h"
#include "types/target.h"

namespace exporting {

/// Returns the paths, relative to `root` ("runtime/run.cpp"), of everything that these functions
/// and run() need, with the kernels for `isa`. `root` contains runtime/. An Error where a function
/// is not found.
types::Result<std::set<std::string>> runtimeSources(const std::filesystem::path& root,
                                                    const std::set<std::string>& functions,
                                                    types::Isa isa);

}  // namespace exporting

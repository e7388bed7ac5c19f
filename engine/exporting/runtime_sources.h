// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which files of the embedded runtime a set of kernels needs: the file that defines each kernel,
// the headers it includes, the sources that belong to those headers, and so on.

#include <filesystem>
#include <set>
#include <string>

#include "types/result.h"
#include "types/target.h"

namespace exporting {

/// Paths relative to `root`, which holds runtime/ ("runtime/run.cpp"), of everything that
/// functions of these names and run() need, of the kernels for `isa`. An Error where a function is
/// not found.
types::Result<std::set<std::string>> runtimeSources(const std::filesystem::path& root,
                                                    const std::set<std::string>& functions,
                                                    types::Isa isa);

}  // namespace exporting

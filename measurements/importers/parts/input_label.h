// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the class from a benchmark's file name: "tst_000001_Left_2.bin" of the keyword set has
// class 2. Other sets of MLPerf Tiny have no class in their file names.

#include <optional>
#include <string_view>

namespace importers {

/// Returns nothing where the name does not follow the keyword set or its class is not in [0,
/// classes).
std::optional<int32_t> inputLabel(std::string_view fileName, size_t classes);

}  // namespace importers

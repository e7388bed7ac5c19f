// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The class that a benchmark's file name carries: "tst_000001_Left_2.bin" of the keyword set is
// of class 2. Other sets of MLPerf Tiny name their files without a class.

#include <optional>
#include <string_view>

namespace importers {

/// Nothing where the name does not follow the keyword set or its class is none of `classes`.
std::optional<int32_t> inputLabel(std::string_view fileName, size_t classes);

}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy's .npz archives: a zip with one .npy per array (libzip reads them, packed or not).

#include <filesystem>
#include <map>
#include <string>

#include "data/npy.h"

namespace data {

/// The arrays of those names (without ".npy") that the archive has; no other is unpacked.
types::Result<std::map<std::string, Array>> readNpz(const std::filesystem::path& file,
                                                    const std::vector<std::string>& names);

/// Packs the arrays; the same arrays give the same bytes.
types::Result<void> writeNpz(const std::filesystem::path& file,
                             const std::map<std::string, Array>& arrays);

}  // namespace data

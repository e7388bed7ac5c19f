// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy's .npz archives: a zip with one .npy per array, stored or compressed (libzip).

#include <filesystem>
#include <map>
#include <string>

#include "data/npy.h"

namespace data {

/// Reads those of the named arrays (without ".npy") that the archive has; others are not unpacked.
types::Result<std::map<std::string, Array>> readNpz(const std::filesystem::path& file,
                                                    const std::vector<std::string>& names);

/// Names of all arrays of the archive, without ".npy", sorted.
types::Result<std::vector<std::string>> namesInNpz(const std::filesystem::path& file);

/// Writes the arrays; equal arrays give equal bytes.
types::Result<void> writeNpz(const std::filesystem::path& file,
                             const std::map<std::string, Array>& arrays);

}  // namespace data

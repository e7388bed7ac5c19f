// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where tests find reference models and goldens that are not part of the repository.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// The directory of reference files, or nothing where it is absent.
inline std::optional<std::filesystem::path> sharedDir() {
    const std::filesystem::path dir = NETCALIPER_SHARED_DIR;
    if (!std::filesystem::is_directory(dir / "models")) return std::nullopt;
    return dir;
}

/// Files of `dir` with the given ending, sorted by name.
inline std::vector<std::filesystem::path> filesOf(const std::filesystem::path& dir,
                                                  const std::string& ending) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(dir))
        if (entry.path().extension() == ending) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace support

/// First line of a test that needs the reference files.
#define SKIP_WITHOUT_SHARED()               \
    if (!support::sharedDir())              \
    GTEST_SKIP() << "reference models are " \
                    "absent: " NETCALIPER_SHARED_DIR

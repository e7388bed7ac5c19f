// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The models of tests/support/models.

#include <filesystem>
#include <string>

namespace support {

inline std::filesystem::path modelFile(const std::string& name) {
    return std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/support/models" /
           (name + ".tflite");
}

}  // namespace support

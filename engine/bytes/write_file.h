// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writing a file whole or not at all: beside the target first, then moved over it, so that a full
// disk or a crash never loses what stood there.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "types/result.h"

namespace bytes {

types::Result<void> writeFile(const std::filesystem::path& file, std::span<const uint8_t> bytes);
types::Result<void> writeFile(const std::filesystem::path& file, std::string_view text);

}  // namespace bytes

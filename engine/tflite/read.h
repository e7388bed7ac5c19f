// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads .tflite files: verifies the container, unpacks the first subgraph, validates it. This is
// the border for untrusted input: a returned graph may be planned and lowered without further
// checks.

#include <filesystem>
#include <string>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

/// Largest file that readTflite() accepts.
constexpr size_t kMaxFileBytes = size_t{512} << 20;

types::Result<types::GraphPtr> read(const std::filesystem::path& file);
types::Result<types::GraphPtr> readBytes(types::Bytes bytes, std::string name);

}  // namespace tflite

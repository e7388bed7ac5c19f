// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading .tflite files: verify the container, unpack the first subgraph, validate. Untrusted
// input ends here: what comes back may be planned and lowered without further checks.

#include <filesystem>
#include <string>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

/// Largest file that is read.
constexpr size_t kMaxFileBytes = size_t{512} << 20;

types::Result<types::GraphPtr> read(const std::filesystem::path& file);
types::Result<types::GraphPtr> readBytes(types::Bytes bytes, std::string name);

}  // namespace tflite

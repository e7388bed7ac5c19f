// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads .tflite files: verifies the container, unpacks the subgraph of one signature, mends what
// converters leave to runtimes (order of operators, placeholder shapes) and validates it. This is
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

/// `signature`: which subgraph becomes the Graph. Its file is then one in which that subgraph is
/// the first, the one that TFLM runs. Empty: the first one of the file.
types::Result<types::GraphPtr> read(const std::filesystem::path& file,
                                    const std::string& signature = {});
types::Result<types::GraphPtr> readBytes(types::Bytes bytes, std::string name,
                                         const std::string& signature = {});

}  // namespace tflite

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes .tflite files. An unchanged graph returns the bytes it was read from; a changed graph is
// packed anew, and everything that was not interpreted is put back.

#include <filesystem>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

types::Bytes writeBytes(const types::Graph& graph);
types::Result<void> write(const types::Graph& graph, const std::filesystem::path& file);

}  // namespace tflite

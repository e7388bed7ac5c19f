// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writing .tflite files. A graph that nothing changed gives back the bytes it was read from;
// another is packed anew, with everything that was not interpreted put back where it was.

#include <filesystem>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

types::Bytes writeBytes(const types::Graph& graph);
types::Result<void> write(const types::Graph& graph, const std::filesystem::path& file);

}  // namespace tflite

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Opens a model from a file of any known format, which its first bytes tell, not its name: the one
// door of the command line and the window.

#include <filesystem>
#include <string>

#include "types/graph.h"
#include "types/result.h"

namespace onnx {

/// `signature`: as in tflite::read(); an ONNX model has one of its own.
types::Result<types::GraphPtr> openModel(const std::filesystem::path& file,
                                         const std::string& signature = {});

}  // namespace onnx

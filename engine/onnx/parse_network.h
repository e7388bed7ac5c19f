// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: ONNX bytes -> OnnxNetwork. Only this file and tensor_data see protobuf.

#include <filesystem>
#include <span>

#include "onnx/onnx_network.h"

namespace onnx {

/// Throws Unmappable. `directory`: where files of external data may lie; empty: nowhere.
OnnxNetwork parseNetwork(std::span<const uint8_t> bytes, const std::filesystem::path& directory);

}  // namespace onnx

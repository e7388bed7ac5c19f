// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: ONNX bytes -> Network. Only this file and tensor_data see protobuf.

#include <filesystem>
#include <span>

#include "onnx/network.h"

namespace onnx {

/// Throws Refusal. `directory`: where files of external data may lie; empty: nowhere.
Network parseNetwork(std::span<const uint8_t> bytes, const std::filesystem::path& directory);

}  // namespace onnx

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads ONNX models of microcontroller size (opset 7 and newer, float, QDQ and QLinear) as the
// .tflite models that they become: the result is a graph whose file is that .tflite, so every other
// room treats it as any other model.
//
// - Images are NHWC, inputs and outputs of the model included; transposes vanish into weights and
//   axes where they can. A batch that is left open is 1.
// - Codes of a quantized model are kept: weights, biases and scales are the model's. uint8 codes
//   become int8 codes, less 128. Weights and activations of 16-bit floats become float32.
// - What has no integer kernel is computed in float between a DEQUANTIZE and a QUANTIZE.
// - A node that cannot be mapped is an Error with its name, operator and reason.
//
// Untrusted input, like a .tflite: the returned graph is valid.

#include <filesystem>
#include <span>
#include <string>

#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"

namespace onnx {

/// Largest file that readOnnx() accepts.
constexpr size_t kMaxFileBytes = size_t{64} << 20;

/// True where the bytes begin like an ONNX model (which has no identifier): with fields of its
/// outermost message. A few hundred bytes suffice.
bool looksLikeOnnx(std::span<const uint8_t> start);

types::Result<types::GraphPtr> readOnnx(const std::filesystem::path& file);
/// `directory`: where files with external data may lie; empty: such models are refused.
types::Result<types::GraphPtr> readOnnxBytes(std::span<const uint8_t> bytes, std::string name,
                                             const std::filesystem::path& directory = {});

}  // namespace onnx

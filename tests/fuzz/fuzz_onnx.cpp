// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted bytes as an ONNX model: they must not crash, and a model that opens is a valid .tflite.

#include <cstdlib>

#include "onnx/read_onnx.h"
#include "tflite/read.h"
#include "tflite/write.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::span<const uint8_t> bytes(data, size);
    onnx::looksLikeOnnx(bytes);
    const auto graph = onnx::readOnnxBytes(bytes, "fuzzed");
    if (!graph) return 0;
    if (!tflite::readBytes(tflite::writeBytes(**graph), "again")) std::abort();
    return 0;
}

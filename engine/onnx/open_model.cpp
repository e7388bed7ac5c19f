// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/open_model.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "onnx/read_onnx.h"
#include "tflite/read.h"

namespace onnx {
namespace {

/// Where a .tflite has its identifier.
constexpr size_t kIdentifierAt = 4;
constexpr std::string_view kIdentifier = "TFL3";

bool isOnnxFile(const std::filesystem::path& file) {
    std::array<uint8_t, 1024> start{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(start.data()), start.size());
    const std::span<const uint8_t> bytes(start.data(), static_cast<size_t>(stream.gcount()));
    const bool isTflite =
        bytes.size() >= kIdentifierAt + kIdentifier.size() &&
        std::equal(kIdentifier.begin(), kIdentifier.end(), bytes.begin() + kIdentifierAt);
    if (isTflite) return false;
    // A damaged file is reported as what its name says.
    return looksLikeOnnx(bytes) || file.extension() == ".onnx";
}

}  // namespace

types::Result<types::GraphPtr> openModel(const std::filesystem::path& file,
                                         const std::string& signature) {
    if (!isOnnxFile(file)) return tflite::read(file, signature);
    auto graph = readOnnx(file);
    if (!graph || signature.empty()) return graph;
    return tflite::readBytes((*graph)->original, (*graph)->name, signature);
}

}  // namespace onnx

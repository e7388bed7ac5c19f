// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/read_onnx.h"

#include <fstream>
#include <optional>
#include <vector>

#include "analysis/validate.h"
#include "onnx/conversion.h"
#include "onnx/fuse_nodes.h"
#include "onnx/parse_network.h"
#include "onnx/quantized_operators.h"
#include "tflite/read.h"
#include "tflite/write.h"

namespace onnx {
namespace {

using types::fail;
using types::Graph;
using types::GraphPtr;
using types::Result;

std::string descriptionOf(const OnnxNetwork& network) {
    std::string text = "from ONNX, opset " + std::to_string(network.opset);
    if (!network.producer.empty()) text += ", " + network.producer;
    for (const std::string& note : network.notes)
        text += "; " + note;
    return text;
}

Graph convertedGraph(std::span<const uint8_t> bytes, const std::filesystem::path& directory) {
    OnnxNetwork network = parseNetwork(bytes, directory);
    sortNodes(network);
    foldConstantNodes(network);
    expandQuantizedOperators(network);
    fuseNodes(network);
    sortNodes(network);
    Graph graph = Conversion(network).run();
    graph.description = descriptionOf(network);
    return graph;
}

/// Reads a varint; nothing at the end of the bytes.
std::optional<uint64_t> varint(std::span<const uint8_t> bytes, size_t& at) {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
        const uint8_t byte = bytes[at++];
        value |= uint64_t{byte & 127u} << shift;
        if (byte < 128) return value;
    }
    return std::nullopt;
}

}  // namespace

bool looksLikeOnnx(std::span<const uint8_t> start) {
    // ir_version, model_version: numbers; producer, domain, doc, graph, opsets, ...:
    // length-delimited.
    constexpr uint64_t kVersion = 1, kModelVersion = 5, kGraph = 7, kLastField = 26;
    size_t at = 0;
    bool seen = false;
    while (at < start.size()) {
        const auto tag = varint(start, at);
        if (!tag) return false;
        const uint64_t field = *tag >> 3, wire = *tag & 7;
        const bool isNumber = field == kVersion || field == kModelVersion;
        if (field == 0 || field > kLastField || wire != (isNumber ? 0u : 2u)) return false;
        const auto value = varint(start, at);
        if (!value) return false;
        if (field == kVersion && (*value == 0 || *value > 100)) return false;
        if (field == kGraph) return true;
        seen = true;
        if (!isNumber && *value > start.size() - at) return seen;
        if (!isNumber) at += static_cast<size_t>(*value);
    }
    return seen;
}

Result<GraphPtr> readOnnxBytes(std::span<const uint8_t> bytes, std::string name,
                               const std::filesystem::path& directory) {
    try {
        Graph graph = convertedGraph(bytes, directory);
        graph.name = name;
        if (auto sound = analysis::validate(graph); !sound) return tl::unexpected(sound.error());
        return tflite::readBytes(tflite::writeBytes(graph), std::move(name));
    } catch (const Unmappable& refusal) {
        return tl::unexpected(refusal.error);
    } catch (const std::bad_alloc&) {
        return fail("the model needs more memory than there is", name,
                    "models for microcontrollers are smaller");
    }
}

Result<GraphPtr> readOnnx(const std::filesystem::path& file) {
    const std::string name = file.string();
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem) return fail("cannot be read", name, problem.message());
    if (size > kMaxFileBytes)
        return fail("the file has " + std::to_string(size) + " bytes, more than 64 MiB", name,
                    "models for microcontrollers are smaller");
    std::vector<uint8_t> bytes(size);
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return fail("cannot be read", name, "check its permissions");
    std::filesystem::path directory = file.parent_path();
    if (directory.empty()) directory = ".";
    auto graph = readOnnxBytes(bytes, file.stem().string(), directory);
    if (!graph)
        graph.error().where =
            name + (graph.error().where.empty() ? "" : ", " + graph.error().where);
    return graph;
}

}  // namespace onnx

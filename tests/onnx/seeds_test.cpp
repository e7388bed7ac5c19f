// SPDX-License-Identifier: GPL-3.0-or-later
// The models in tests/onnx/models, from which the fuzz target starts, and their damaged copies.
// NETCALIPER_WRITE_SEEDS=1 writes them anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "model_builder.h"

namespace {

using namespace onnx_test;

std::string convolutionSeed() {
    ModelBuilder model;
    model.input("x", {0, 2, 6, 6}).floats("w", {4, 1, 3, 3}, noise(36)).floats("b", {4}, noise(4));
    model.floats("one", {4}, {1, 1, 1, 1}).floats("zero", {4}, {0, 0, 0, 0});
    model.node("Conv", {"x", "w", "b"}, {"c"}).i("group", 2).ints("pads", {1, 0, 1, 0});
    model.node("BatchNormalization", {"c", "one", "zero", "zero", "one"}, {"n"});
    model.node("Clip", {"n"}, {"r"}).f("min", 0).f("max", 6);
    model.node("AveragePool", {"r"}, {"p"}).ints("kernel_shape", {2, 2}).ints("pads", {1, 1, 0, 0});
    model.node("Flatten", {"p"}, {"f"});
    return model.output("f").bytes();
}

std::string shapeSeed() {
    ModelBuilder model(9);
    model.input("x", {1, 4, 3, 3}).ints("split", {1, 2, 2, 3, 3}).ints("first", {0});
    model.ints("rest", {-1}).floats("w", {36, 3}, noise(108));
    model.node("Reshape", {"x", "split"}, {"g"});
    model.node("Transpose", {"g"}, {"t"}).ints("perm", {0, 2, 1, 3, 4});
    model.node("Shape", {"x"}, {"s"});
    model.node("Gather", {"s", "first"}, {"n"}).i("axis", 0);
    model.node("Concat", {"n", "rest"}, {"target"}).i("axis", 0);
    model.node("Reshape", {"t", "target"}, {"f"});
    model.node("MatMul", {"f", "w"}, {"m"});
    model.node("Softmax", {"m"}, {"y"});
    return model.output("y").bytes();
}

std::string quantizedSeed() {
    ModelBuilder model;
    model.input("x", {1, 2, 4, 4});
    model.quantize("x", "q", 0.01f, 128);
    model.codes("w", {3, 2, 1, 1}, kInt8, {1, -2, 3, -4, 5, -6}).floats("ws", {3}, {1, 2, 3});
    model.codes("wz", {3}, kInt8, {0, 0, 0});
    model.node("DequantizeLinear", {"w", "ws", "wz"}, {"wr"}).i("axis", 0);
    model.node("Conv", {"q", "wr"}, {"c"});
    model.quantize("c", "cq", 0.1f, 100);
    model.node("Sigmoid", {"cq"}, {"s"});
    model.quantize("s", "y", 0.00390625f, 0);
    return model.output("y").bytes();
}

std::string resizeSeed() {
    ModelBuilder model;
    model.input("x", {1, 2, 4, 4}).floats("roi", {0}, {}).floats("scales", {4}, {1, 1, 2, 1.5f});
    model.floats("w", {2, 2, 2, 2}, noise(16)).ints("starts", {3}).ints("ends", {-100});
    model.ints("axes", {2}).ints("steps", {-2});
    model.node("Resize", {"x", "roi", "scales"}, {"r"}).s("mode", "linear");
    model.node("ConvTranspose", {"r", "w"}, {"t"}).ints("strides", {2, 2});
    model.node("Slice", {"t", "starts", "ends", "axes", "steps"}, {"y"});
    return model.output("y").bytes();
}

std::map<std::string, std::string> seeds() {
    return {{"convolution.onnx", convolutionSeed()},
            {"quantized.onnx", quantizedSeed()},
            {"resize.onnx", resizeSeed()},
            {"shapes.onnx", shapeSeed()}};
}

types::Result<types::GraphPtr> openBytes(const std::string& bytes) {
    return onnx::readOnnxBytes({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()},
                               "seed");
}

TEST(OnnxSeeds, AreWhatTheBuilderGivesAndOpen) {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/onnx/models";
    for (const auto& [name, bytes] : seeds()) {
        if (std::getenv("NETCALIPER_WRITE_SEEDS") != nullptr)
            std::ofstream(directory / name, std::ios::binary) << bytes;
        std::ifstream stream(directory / name, std::ios::binary);
        const std::string stored{std::istreambuf_iterator<char>(stream), {}};
        EXPECT_EQ(stored, bytes) << name;
        const auto graph = openBytes(bytes);
        EXPECT_TRUE(graph) << name << ": " << graph.error().message();
    }
}

/// Bytes replaced, removed or doubled, the same ones every time.
std::string damaged(std::string bytes, uint32_t seed) {
    const auto draw = [&seed](size_t limit) {
        seed = seed * 1664525u + 1013904223u;
        return static_cast<size_t>(seed >> 8) % std::max<size_t>(limit, 1);
    };
    for (size_t changes = 1 + draw(4); changes > 0; --changes) {
        const size_t at = draw(bytes.size()), length = std::min(bytes.size() - at, draw(12));
        switch (draw(3)) {
            case 0:
                bytes[at] = static_cast<char>(draw(256));
                break;
            case 1:
                bytes.erase(at, length);
                break;
            default:
                bytes.insert(at, bytes.substr(at, length));
        }
    }
    return bytes;
}

TEST(OnnxSeeds, DamagedOnesAreErrorsOrModels) {
    constexpr uint32_t kCopies = 1500;
    for (const auto& [name, bytes] : seeds())
        for (uint32_t copy = 0; copy < kCopies; ++copy) {
            const auto graph = openBytes(damaged(bytes, copy));
            if (!graph) {
                ASSERT_FALSE(graph.error().what.empty());
            }
        }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Scratch of kernel libraries by release. The numbers are those of the libraries' own functions,
// compiled for the host, for layers of our own.
#include "cost/tflm/kernel_scratch.h"

#include <gtest/gtest.h>

#include "cost/tflm/esp_scratch.h"

namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

struct Layer {
    OpKind kind = OpKind::CONV_2D;
    Shape input, filter, output;
    int32_t stride = 1, dilation = 1;
    types::Padding padding = types::Padding::Same;
    DataType data = DataType::Int8, weights = DataType::Int8, bias = DataType::Int32;
};

types::Graph graphOf(const Layer& layer) {
    types::Graph graph;
    const auto add = [&graph](Shape shape, DataType type) {
        types::Tensor tensor;
        tensor.shape = std::move(shape);
        tensor.type = type;
        graph.tensors.push_back(std::move(tensor));
        return static_cast<int32_t>(graph.tensors.size()) - 1;
    };
    types::Op op;
    op.kind = layer.kind;
    types::WindowOptions options;
    options.padding = layer.padding;
    options.strideHeight = options.strideWidth = layer.stride;
    options.dilationHeight = options.dilationWidth = layer.dilation;
    if (layer.kind == OpKind::DEPTHWISE_CONV_2D)
        options.depthMultiplier = layer.output[3] / layer.input[3];
    op.options = options;
    op.inputs = {add(layer.input, layer.data), add(layer.filter, layer.weights),
                 add({layer.output[3]}, layer.bias)};
    op.outputs = {add(layer.output, layer.data)};
    graph.ops.push_back(std::move(op));
    return graph;
}

int64_t scratch(const Layer& layer, const std::string& library, const std::string& core) {
    const types::Graph graph = graphOf(layer);
    const auto parsed = cost::parseKernelBuild(library, core);
    EXPECT_TRUE(parsed) << library;
    const auto found = cost::kernelScratch(graph, graph.ops[0], {}, *parsed);
    EXPECT_EQ(found.gap, "");
    int64_t sum = 0;
    for (int64_t bytes : found.bytes)
        sum += bytes;
    return sum;
}

const Layer kPointwise{OpKind::CONV_2D, {1, 25, 5, 64}, {64, 1, 1, 64}, {1, 25, 5, 64}};
const Layer kThreeByThree{OpKind::CONV_2D, {1, 32, 32, 3}, {16, 3, 3, 3}, {1, 32, 32, 16}};
const Layer kOneByFive{OpKind::CONV_2D,      {1, 1, 74, 40}, {64, 1, 5, 40}, {1, 1, 70, 64}, 1, 1,
                       types::Padding::Valid};
const Layer kDepthwise{OpKind::DEPTHWISE_CONV_2D, {1, 48, 48, 16}, {1, 3, 3, 16}, {1, 48, 48, 16}};
const Layer kDepthwise24{
    OpKind::DEPTHWISE_CONV_2D, {1, 12, 12, 24}, {1, 3, 3, 24}, {1, 12, 12, 24}};

TEST(KernelScratch, CmsisNnGrewAndShrankByRelease) {
    EXPECT_EQ(scratch(kThreeByThree, "cmsis-nn@4.1", "Cortex-M4"), 108);
    EXPECT_EQ(scratch(kThreeByThree, "cmsis-nn@5.0", "Cortex-M4"), 112);
    EXPECT_EQ(scratch(kThreeByThree, "cmsis-nn@5.0", "Cortex-M55"), 128);
    EXPECT_EQ(scratch(kThreeByThree, "cmsis-nn", "Cortex-M55"), 128);
    EXPECT_EQ(scratch(kPointwise, "cmsis-nn", "Cortex-M4"), 0);
    EXPECT_EQ(scratch(kOneByFive, "cmsis-nn@5.0", "Cortex-M55"), 0);
    EXPECT_EQ(scratch(kOneByFive, "cmsis-nn@6.0", "Cortex-M55"), 200);
    EXPECT_EQ(scratch(kDepthwise, "cmsis-nn@4.0", "Cortex-M4"), 288);
    EXPECT_EQ(scratch(kDepthwise, "cmsis-nn@4.1", "Cortex-M4"), 0);
    EXPECT_EQ(scratch(kDepthwise, "cmsis-nn@4.1", "Cortex-M55"), 4464);
    EXPECT_EQ(scratch(kDepthwise, "cmsis-nn@4.0", "Cortex-M0+"), 0);
}

TEST(KernelScratch, EspNnDependsOnChipAndRelease) {
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn", "ESP32-C3"), 0);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.1.2", "ESP32-S3"), 5868);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.2.1", "ESP32-S3"), 672);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.2.3", "ESP32-S3"), 704);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.0.0", "ESP32-P4"), 0);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.1.0", "ESP32-P4"), 5868);
    EXPECT_EQ(scratch(kThreeByThree, "esp-nn@1.2.3", "ESP32-P4"), 123);
    EXPECT_EQ(scratch(kPointwise, "esp-nn@1.0.0", "ESP32-S3"), 5152);
    EXPECT_EQ(scratch(kPointwise, "esp-nn@1.2.3", "ESP32-S3"), 5184);
    EXPECT_EQ(scratch(kDepthwise, "esp-nn@1.1.2", "ESP32-S3"), 40160);
    EXPECT_EQ(scratch(kDepthwise, "esp-nn@1.2.1", "ESP32-S3"), 40160);
    EXPECT_EQ(scratch(kDepthwise24, "esp-nn@1.1.2", "ESP32-S3"), 7360);
    EXPECT_EQ(scratch(kDepthwise24, "esp-nn@1.2.0", "ESP32-S3"), 7376);
    EXPECT_EQ(scratch(kDepthwise24, "esp-nn@1.2.1", "ESP32-S3"), 13152);
}

TEST(KernelScratch, WeightsOfFourBitsNeedARecentCmsisNn) {
    Layer layer = kThreeByThree;
    layer.weights = DataType::Int4;
    const types::Graph graph = graphOf(layer);
    const auto old = *cost::parseKernelBuild("cmsis-nn@4.1", "");
    EXPECT_NE(cost::kernelScratch(graph, graph.ops[0], {}, old).gap, "");
    EXPECT_EQ(scratch(layer, "cmsis-nn@7.0", "Cortex-M4"), 112);
}

TEST(KernelScratch, BiasesOf32BitsWithInt16HaveNoRequest) {
    Layer layer = kThreeByThree;
    layer.data = DataType::Int16;
    layer.bias = DataType::Int64;
    EXPECT_EQ(scratch(layer, "cmsis-nn", "Cortex-M4"), 108);
    EXPECT_EQ(scratch(layer, "cmsis-nn@4.1", "Cortex-M55"), 0);
    EXPECT_EQ(scratch(layer, "cmsis-nn", "Cortex-M55"), 256);
    layer.bias = DataType::Int32;
    EXPECT_EQ(scratch(layer, "cmsis-nn", "Cortex-M4"), 0);
}

TEST(KernelBuild, ReadsNamesAndReleases) {
    const auto latest = *cost::parseKernelBuild("ESP-NN", "");
    EXPECT_EQ(cost::nameOf(latest), "esp-nn@1.2.3 for ESP32-S3");
    EXPECT_EQ(cost::nameOf(*cost::parseKernelBuild("esp-nn@1.1", "ESP32")),
              "esp-nn@1.1.2 for ESP32, C3");
    EXPECT_EQ(cost::parseKernelBuild("cmsis-nn@7.0.0", "")->version, cost::kernelVersion(7));
    EXPECT_FALSE(cost::parseKernelBuild("cmsis-nn@3", ""));
    EXPECT_FALSE(cost::parseKernelBuild("xnnpack", ""));
    EXPECT_EQ(cost::nameOf(*cost::parseKernelBuild("reference", "")), "reference");
}

TEST(KernelBuild, ReleaseOfABoardIsThatOfItsProfile) {
    types::DeviceProfile device;
    device.core = "Cortex-M55";
    device.runtime = "TFLM + CMSIS-NN";
    device.runtimeVersion = "TFLM 90b983c2, CMSIS-NN 4ab83cc3, GCC 12.2 -O2";
    EXPECT_EQ(cost::nameOf(*cost::libraryOf(device)), "cmsis-nn@26.6 for Cortex-M55, M85");
    device.runtimeVersion = "TFLM of 2024, CMSIS-NN 6.0";
    EXPECT_EQ(cost::libraryOf(device)->version, cost::kernelVersion(6));
    device.runtime = "TFLM + ESP-NN";
    device.soc = "ESP32-S3 (ESP32-S3-WROOM-1-N8R8)";
    device.runtimeVersion = "ESP-NN 1.1.1";
    EXPECT_EQ(cost::nameOf(*cost::libraryOf(device)), "esp-nn@1.1.1 for ESP32-S3");
    device.runtime = "X-CUBE-AI 10";
    EXPECT_FALSE(cost::libraryOf(device));
}

TEST(KernelScratch, EspSoftmaxCountsDimensionOne) {
    types::Graph graph;
    for (int i = 0; i < 2; ++i) {
        types::Tensor tensor;
        tensor.shape = {1, 1, 12};
        tensor.type = DataType::Int8;
        graph.tensors.push_back(tensor);
    }
    types::Op op;
    op.kind = OpKind::SOFTMAX;
    op.inputs = {0};
    op.outputs = {1};
    graph.ops.push_back(op);
    const auto library = *cost::parseKernelBuild("esp-nn", "ESP32");
    EXPECT_EQ(cost::kernelScratch(graph, op, {}, library).bytes, std::vector<int64_t>{4});
    EXPECT_EQ(cost::espSoftmaxShortfall(graph, op), 44);
    graph.tensors[0].shape = {12};
    EXPECT_NE(cost::kernelScratch(graph, op, {}, library).gap, "");
}

TEST(KernelBuild, ABoardTakesOtherKernelsWithoutLatenciesOfItsOwn) {
    types::DeviceProfile board;
    board.name = "S3";
    board.core = "Xtensa LX7";
    board.soc = "ESP32-S3";
    board.runtime = "TFLM + ESP-NN";
    board.runtimeVersion = "ESP-NN 1.2.3";
    board.kernels.resize(1);
    const auto same = cost::withKernels(board, "esp-nn@1.2.3");
    ASSERT_TRUE(same) << same.error().message();
    EXPECT_EQ(same->device.kernels.size(), 1u);
    EXPECT_EQ(same->latencyGap, "");
    const auto older = cost::withKernels(board, "esp-nn@1.1.2");
    ASSERT_TRUE(older) << older.error().message();
    EXPECT_TRUE(older->device.kernels.empty());
    EXPECT_NE(older->latencyGap.find("not to esp-nn@1.1.2"), std::string::npos)
        << older->latencyGap;
    EXPECT_EQ(cost::libraryOf(older->device), *cost::parseKernelBuild("esp-nn@1.1.2", "ESP32-S3"));
    const auto plain = cost::withKernels(board, "reference");
    ASSERT_TRUE(plain) << plain.error().message();
    EXPECT_EQ(cost::libraryOf(plain->device)->family, cost::KernelFamily::Reference);
    const auto other = cost::withKernels(board, "cmsis-nn@7.0");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().what, "CMSIS-NN is not for Xtensa LX7");
    EXPECT_FALSE(cost::withKernels(board, "esp-nn@9"));
}

}  // namespace

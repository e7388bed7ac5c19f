// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/reference_models.h"

namespace zoo {
namespace {

using types::GraphPtr;
using types::Result;

constexpr const char* kUntrained = "untrained weights, for cost exploration";

std::string nameFor(const char* base, Precision precision) {
    return std::string(base) + (precision == Precision::Int8 ? "_int8" : "_float32");
}

std::string describe(const char* architecture) {
    return std::string(architecture) + "; " + kUntrained;
}

/// Two 3x3 convolutions, added to a shortcut, then ReLU.
Value residualBlock(GraphBuilder& build, Value x, int32_t channels, int32_t stride) {
    Value y = build.conv(x, channels, 3, stride, Padding::Same, Activation::Relu);
    y = build.conv(y, channels, 3);
    // Where the shape changes, the shortcut is a 1x1 convolution.
    if (stride != 1) x = build.conv(x, channels, 1, stride);
    return build.add(x, y, Activation::Relu);
}

}  // namespace

Result<GraphPtr> keywordDsCnn(Precision precision) {
    GraphBuilder build(nameFor("kws_dscnn", precision), precision, 1);
    build.describe(describe("DS-CNN for keyword spotting, 49x10 features, 12 classes"));
    Value x = build.input({1, 49, 10, 1});
    x = build.conv(x, 64, {10, 4}, 2, Padding::Same, Activation::Relu);
    for (int block = 0; block < 4; ++block) {
        x = build.depthwise(x, 3, 1, Padding::Same, Activation::Relu);
        x = build.conv(x, 64, 1, 1, Padding::Same, Activation::Relu);
    }
    x = build.averagePool(x, {25, 5}, {25, 5});
    x = build.fullyConnected(build.flatten(x), 12);
    return build.finish({build.softmax(x)});
}

Result<GraphPtr> wakeWordsMobileNetV1(Precision precision) {
    struct Block {
        int32_t channels, stride;
    };
    constexpr Block kBlocks[] = {{16, 1},  {32, 2},  {32, 1},  {64, 2},  {64, 1},
                                 {128, 2}, {128, 1}, {128, 1}, {128, 1}, {128, 1},
                                 {128, 1}, {256, 2}, {256, 1}};
    GraphBuilder build(nameFor("vww_mobilenet_v1_025", precision), precision, 2);
    build.describe(describe("MobileNetV1 0.25 for visual wake words, 96x96x3 images, 2 classes"));
    Value x = build.input({1, 96, 96, 3}, 0, 1);
    x = build.conv(x, 8, 3, 2, Padding::Same, Activation::Relu);
    for (const Block& block : kBlocks) {
        x = build.depthwise(x, 3, block.stride, Padding::Same, Activation::Relu);
        x = build.conv(x, block.channels, 1, 1, Padding::Same, Activation::Relu);
    }
    x = build.averagePool(x, 3, 3);
    x = build.fullyConnected(build.flatten(x), 2);
    return build.finish({build.softmax(x)});
}

Result<GraphPtr> imageResNet8(Precision precision) {
    GraphBuilder build(nameFor("ic_resnet8", precision), precision, 3);
    build.describe(describe("ResNet-8 for image classification, 32x32x3 images, 10 classes"));
    Value x = build.input({1, 32, 32, 3}, 0, 1);
    x = build.conv(x, 16, 3, 1, Padding::Same, Activation::Relu);
    x = residualBlock(build, x, 16, 1);
    x = residualBlock(build, x, 32, 2);
    x = residualBlock(build, x, 64, 2);
    x = build.averagePool(x, 8, 8);
    x = build.fullyConnected(build.flatten(x), 10);
    return build.finish({build.softmax(x)});
}

Result<GraphPtr> anomalyAutoencoder(Precision precision) {
    constexpr int32_t kUnits[] = {128, 128, 128, 128, 8, 128, 128, 128, 128};
    GraphBuilder build(nameFor("ad_autoencoder", precision), precision, 4);
    build.describe(describe("autoencoder for anomaly detection, 640 features"));
    Value x = build.input({1, 640});
    for (int32_t units : kUnits)
        x = build.fullyConnected(x, units, Activation::Relu);
    return build.finish({build.fullyConnected(x, 640)});
}

Result<GraphPtr> imageMobileNetV2(Precision precision) {
    struct Stage {
        int32_t expansion, channels, blocks, stride;
    };
    constexpr Stage kStages[] = {{1, 8, 1, 1},  {6, 8, 2, 2},  {6, 16, 3, 2}, {6, 24, 4, 2},
                                 {6, 32, 3, 1}, {6, 56, 3, 2}, {6, 112, 1, 1}};
    GraphBuilder build(nameFor("in_mobilenet_v2_035", precision), precision, 5);
    build.describe(describe("MobileNetV2 0.35 for images, 144x144x3, 1000 classes"));
    Value x = build.input({1, 144, 144, 3}, 0, 1);
    x = build.conv(x, 16, 3, 2, Padding::Same, Activation::Relu6);
    int32_t channels = 16;
    for (const Stage& stage : kStages)
        for (int32_t block = 0; block < stage.blocks; ++block) {
            const int32_t stride = block == 0 ? stage.stride : 1;
            Value y = x;
            if (stage.expansion > 1)
                y = build.conv(y, channels * stage.expansion, 1, 1, Padding::Same,
                               Activation::Relu6);
            y = build.depthwise(y, 3, stride, Padding::Same, Activation::Relu6);
            y = build.conv(y, stage.channels, 1);
            x = stride == 1 && channels == stage.channels ? build.add(x, y) : y;
            channels = stage.channels;
        }
    x = build.conv(x, 1280, 1, 1, Padding::Same, Activation::Relu6);
    x = build.averagePool(x, 5, 5);
    return build.finish({build.softmax(build.fullyConnected(build.flatten(x), 1000))});
}

const std::vector<BundledModel>& bundledModels() {
    static const std::vector<BundledModel> kModels = {
        {"kws_dscnn_int8", keywordDsCnn, Precision::Int8},
        {"kws_dscnn_float32", keywordDsCnn, Precision::Float32},
        {"vww_mobilenet_v1_025_int8", wakeWordsMobileNetV1, Precision::Int8},
        {"ic_resnet8_int8", imageResNet8, Precision::Int8},
        {"ad_autoencoder_int8", anomalyAutoencoder, Precision::Int8},
    };
    return kModels;
}

}  // namespace zoo

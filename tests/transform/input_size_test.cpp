// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/input_size.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "same_outputs.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/graph_builder.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using zoo::Precision;
using zoo::Value;

types::Variation sized(int32_t height, int32_t width) {
    types::Variation variation;
    variation.inputSize = {height, width};
    return variation;
}

types::Shape outputShape(const types::Graph& graph) {
    return graph.tensor(graph.outputs[0]).shape;
}

TEST(InputSize, AModelWithAGlobalPoolTakesAnySize) {
    const auto graph = zoo::wakeWordsMobileNetV1(Precision::Int8).value();
    for (int32_t size : {64, 128}) {
        const auto varied = transform::apply(graph, sized(size, size));
        ASSERT_TRUE(varied) << varied.error().message();
        const auto& input = varied->graph->tensor(varied->graph->inputs[0]);
        EXPECT_EQ(input.shape, (types::Shape{1, size, size, 3}));
        EXPECT_EQ(outputShape(*varied->graph), outputShape(*graph));
        const double ratio = static_cast<double>(macsOf(*varied->graph)) / macsOf(*graph);
        EXPECT_NEAR(ratio, size * size / (96.0 * 96.0), 0.05);
        EXPECT_FALSE(outputsOf(*varied->graph, 1).empty());
    }
}

TEST(InputSize, TheSameSizeIsTheSameGraph) {
    const auto graph = zoo::wakeWordsMobileNetV1(Precision::Int8).value();
    EXPECT_EQ(transform::apply(graph, sized(96, 96)).value().graph, graph);
}

TEST(InputSize, ADenseLayerBehindTheImageIsNamed) {
    zoo::GraphBuilder build("dense");
    Value x = build.conv(build.input({1, 8, 8, 3}), 4, 3);
    const auto graph = build.finish({build.fullyConnected(build.flatten(x), 5)}).value();
    const auto varied = transform::apply(graph, sized(16, 16));
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().what,
              "the input size is built into this model: its weights take a fixed number of "
              "features");
    EXPECT_EQ(varied.error().where, "#2 FULLY_CONNECTED");
}

TEST(InputSize, AnInputThatIsNoImageIsRefused) {
    const auto varied =
        transform::apply(zoo::anomalyAutoencoder(Precision::Int8).value(), sized(16, 16));
    ASSERT_FALSE(varied);
    EXPECT_EQ(varied.error().what, "the input is no image: its shape is 1x640");
}

TEST(InputSize, ShapesThatAreConstantsFollow) {
    zoo::GraphBuilder build("follow");
    Value x = build.conv(build.input({1, 8, 6, 2}), 4, 3, 2);
    x = build.resizeNearest(x, zoo::Size(8, 6));
    x = build.reshape(x, {1, 8, 6, 2, 2});
    x = build.transpose(x, {0, 1, 2, 4, 3});
    x = build.reshape(x, {1, 8, 6, 4});
    x = build.pad(x, {{0, 0}, {1, 1}, {1, 1}, {0, 0}});
    const auto graph = build.finish({build.conv(x, 3, 3, 1, zoo::Padding::Valid)}).value();
    const auto varied = transform::apply(graph, sized(12, 10));
    ASSERT_TRUE(varied) << varied.error().message();
    EXPECT_EQ(outputShape(*varied->graph), (types::Shape{1, 12, 10, 3}));
    EXPECT_FALSE(outputsOf(*varied->graph, 1).empty());
}

TEST(InputSize, SamplesAreScaledAlong) {
    const auto graph = zoo::wakeWordsMobileNetV1(Precision::Int8).value();
    auto inputs = std::make_shared<calibration::RealInputs>();
    inputs->samples.push_back({std::vector<float>(96 * 96 * 3, 0.25f)});
    const auto scaled = transform::resizeSamples(*graph, sized(48, 64), inputs);
    ASSERT_EQ(scaled->samples[0][0].size(), size_t{48 * 64 * 3});
    for (float value : scaled->samples[0][0])
        EXPECT_FLOAT_EQ(value, 0.25f);
    EXPECT_EQ(transform::resizeSamples(*graph, {}, inputs), inputs);
}

TEST(InputSize, SharedModelsFollowOrSayWhy) {
    SKIP_WITHOUT_SHARED();
    int32_t resized = 0;
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file).value();
        const types::Shape shape = graph->tensor(graph->inputs[0]).shape;
        if (shape.size() != 4) continue;
        const auto varied = transform::apply(graph, sized(shape[1] / 2 + 2, shape[2] / 2 + 2));
        if (!varied) {
            EXPECT_EQ(varied.error().what.rfind("the input size is built into", 0), 0u)
                << varied.error().message();
            EXPECT_EQ(varied.error().where[0], '#');
            continue;
        }
        ++resized;
        EXPECT_EQ(runnable(*varied->graph), runnable(*graph));
    }
    EXPECT_GE(resized, 10);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/apply.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/validate.h"
#include "graph_surgery.h"
#include "lowering/requirements.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::Graph;
using types::GraphPtr;
using types::Tensor;
using types::Variation;

void expectSamePorts(const Graph& before, const Graph& after) {
    ASSERT_EQ(before.inputs, after.inputs);
    ASSERT_EQ(before.outputs, after.outputs);
    std::vector<int32_t> ports = before.inputs;
    ports.insert(ports.end(), before.outputs.begin(), before.outputs.end());
    for (int32_t port : ports) {
        const Tensor &a = before.tensor(port), &b = after.tensor(port);
        EXPECT_EQ(a.shape, b.shape);
        EXPECT_EQ(a.type, b.type);
        EXPECT_EQ(a.quantization.scale, b.quantization.scale);
        EXPECT_EQ(a.quantization.zeroPoint, b.quantization.zeroPoint);
    }
}

/// Applies a width and checks what must hold for every model; null where it fails.
GraphPtr narrowed(const GraphPtr& graph, double width) {
    const auto varied = transform::apply(graph, ofWidth(width, 4));
    EXPECT_TRUE(varied) << varied.error().message();
    if (!varied) return nullptr;
    EXPECT_FALSE(varied->changes.empty());
    const auto sound = analysis::validate(*varied->graph);
    EXPECT_TRUE(sound) << sound.error().message();
    expectSamePorts(*graph, *varied->graph);
    EXPECT_LE(macsOf(*varied->graph), macsOf(*graph));
    return varied->graph;
}

types::GraphPtr streamingModel() {
    const auto graph =
        tflite::read(NETCALIPER_SOURCE_DIR "/tests/golden/models/stream_int8_00.tflite");
    EXPECT_TRUE(graph) << graph.error().message();
    return graph ? *graph : nullptr;
}

TEST(Apply, StateThatSubgraphsShareKeepsItsSize) {
    const GraphPtr graph = streamingModel();
    ASSERT_NE(graph, nullptr);
    const auto varied = transform::apply(graph, ofWidth(0.5, 1));
    ASSERT_TRUE(varied) << varied.error().message();
    const auto stateOf = [](const Graph& model) {
        std::vector<types::Shape> shapes;
        for (const types::Op& op : model.ops)
            if (op.kind == types::OpKind::ASSIGN_VARIABLE)
                shapes.push_back(model.tensor(op.inputs[1]).shape);
        return shapes;
    };
    EXPECT_EQ(stateOf(*varied->graph), stateOf(*graph));
    const auto runnable = lowering::checkRunnable(*varied->graph);
    EXPECT_TRUE(runnable) << runnable.error().message();
}

TEST(Apply, StateThatSubgraphsShareKeepsItsType) {
    const GraphPtr graph = streamingModel();
    ASSERT_NE(graph, nullptr);
    Variation variation;
    variation.quantize.precision = types::Precision::Float32;
    const auto varied = transform::apply(graph, variation);
    ASSERT_FALSE(varied);
    EXPECT_NE(varied.error().message().find("READ_VARIABLE"), std::string::npos)
        << varied.error().message();
    EXPECT_NE(varied.error().message().find("keep their type"), std::string::npos);
}

TEST(Apply, FullWidthIsTheSameGraph) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    const auto varied = transform::apply(graph, ofWidth(1.0, 4));
    ASSERT_TRUE(varied);
    EXPECT_EQ(varied->graph, graph);
    EXPECT_TRUE(varied->changes.empty());
}

TEST(Apply, NothingToRemoveIsTheSameGraph) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    const auto varied = transform::apply(graph, ofWidth(0.999, 4));
    ASSERT_TRUE(varied);
    EXPECT_EQ(varied->graph, graph);
    EXPECT_FALSE(varied->changes.empty());
}

TEST(Apply, KnobsOutOfRangeAreErrors) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    for (double width : {0.0, -1.0, 1.01, std::nan("")})
        EXPECT_FALSE(transform::apply(graph, ofWidth(width, 4))) << width;
    EXPECT_FALSE(transform::apply(graph, ofWidth(0.5, 0)));
}

TEST(Apply, HalvesTheKeywordModel) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = zoo::keywordDsCnn(precision).value();
        const auto half = narrowed(graph, 0.5);
        // 25x5 pixels: 10x4 into 32; four times 3x3 per channel and 32 into 32; 32 into 12.
        const int64_t pixels = 25 * 5;
        EXPECT_EQ(macsOf(*half), pixels * 40 * 32 + 4 * pixels * (9 * 32 + 32 * 32) + 32 * 12);
    }
}

TEST(Apply, EverySentenceNamesItsGroup) {
    const auto graph = zoo::imageResNet8(zoo::Precision::Int8).value();
    const auto varied = transform::apply(graph, ofWidth(0.5, 4)).value();
    ASSERT_EQ(varied.changes.size(), 7u);
    EXPECT_EQ(varied.changes.front(),
              "T3 'conv_2d_0': 16 -> 8 channels, made by 2 layers together");
    EXPECT_EQ(varied.changes.back(), "kept 10 channels of " +
                                         types::tensorLabel(*graph, graph->ops[14].output(0)) +
                                         ": they reach the model's output");
}

TEST(Apply, ReferenceModelsShrinkToAnyWidth) {
    for (const auto& model : zoo::bundledModels()) {
        SCOPED_TRACE(model.name);
        const auto graph = model.build(model.precision).value();
        int64_t last = macsOf(*graph);
        for (double width : {0.75, 0.5, 0.25}) {
            const auto narrow = narrowed(graph, width);
            ASSERT_TRUE(narrow);
            EXPECT_LT(macsOf(*narrow), last);
            last = macsOf(*narrow);
        }
    }
}

/// Writes the graph and reads it back.
void expectReadable(const Graph& graph) {
    const auto again = tflite::readBytes(tflite::writeBytes(graph), graph.name);
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(macsOf(**again), macsOf(graph));
}

TEST(Apply, SharedModelsStayValidAtAnyWidth) {
    SKIP_WITHOUT_SHARED();
    // Nothing but the model's output is wide enough to be cut in these two.
    const std::vector<std::string> fixed = {"me_fully_connected", "support_dilated_conv"};
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file);
        ASSERT_TRUE(graph) << graph.error().message();
        const bool shrinks =
            std::find(fixed.begin(), fixed.end(), file.stem().string()) == fixed.end();
        for (double width : {0.75, 0.5, 0.25}) {
            const auto narrow = narrowed(*graph, width);
            ASSERT_TRUE(narrow);
            expectReadable(*narrow);
            if (!shrinks) {
                EXPECT_EQ(narrow, *graph);
            } else if (width <= 0.5) {
                EXPECT_LT(macsOf(*narrow), macsOf(**graph));
            }
        }
    }
}

TEST(Apply, ConformanceModelsStayValidAtAnyWidth) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "conformance" / "models";
    for (const auto& file : support::filesOf(dir, ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file);
        ASSERT_TRUE(graph) << graph.error().message();
        for (int32_t multiple : {1, 2}) {
            const auto varied = transform::apply(*graph, ofWidth(0.5, multiple));
            ASSERT_TRUE(varied) << varied.error().message();
            expectSamePorts(**graph, *varied->graph);
            expectReadable(*varied->graph);
        }
    }
}

// Vela's operators read scratch that nothing writes; quantizing it crashed.
TEST(Apply, MemoryThatNothingWritesIsNotVaried) {
    auto graph = std::make_shared<Graph>();
    graph->buffers = {types::Bytes()};
    graph->tensors.resize(2);
    for (Tensor& tensor : graph->tensors)
        tensor.shape = {4};
    types::Op op;
    op.kind = types::OpKind::ABS;
    op.inputs = {0};
    op.outputs = {1};
    graph->ops = {op};
    graph->outputs = {1};
    Variation variation;
    variation.quantize.precision = types::Precision::Int8;
    const auto varied = transform::apply(graph, variation);
    ASSERT_FALSE(varied);
    EXPECT_NE(varied.error().what.find("which no operator writes"), std::string::npos);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/validate.h"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace types;

/// in[1,2] + constant[2] -> out[1,2], all sound.
Graph soundGraph() {
    Graph graph;
    graph.buffers = {Bytes(), Bytes(std::vector<uint8_t>(8, 0))};
    graph.tensors.resize(3);
    for (Tensor& tensor : graph.tensors)
        tensor.shape = {1, 2};
    graph.tensors[0].name = "in";
    graph.tensors[1].shape = {2};
    graph.tensors[1].buffer = 1;
    Op op;
    op.kind = OpKind::ADD;
    op.options = ArithmeticOptions{};
    op.inputs = {0, 1};
    op.outputs = {2};
    graph.ops = {op};
    graph.inputs = {0};
    graph.outputs = {2};
    return graph;
}

/// Returns validate()'s message after `damage` was applied to a sound graph.
template <typename Damage>
std::string messageAfter(Damage damage) {
    Graph graph = soundGraph();
    damage(graph);
    const auto sound = analysis::validate(graph);
    return sound ? "" : sound.error().message();
}

TEST(Validate, AcceptsASoundGraph) {
    EXPECT_EQ(messageAfter([](Graph&) {}), "");
}

TEST(Validate, NamesTheNegativeDimension) {
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors[0].shape = {1, -6};
              }),
              "shape has the negative dimension -6: T0 'in': export the model with fixed shapes");
}

TEST(Validate, RefusesShapesThatOverflow) {
    const int32_t huge = std::numeric_limits<int32_t>::max();
    EXPECT_NE(messageAfter([&](Graph& g) { g.tensors[0].shape = {huge, huge, huge, huge}; }), "");
}

TEST(Validate, RefusesLargeShapesThatAZeroEmpties) {
    EXPECT_NE(messageAfter([](Graph& g) { g.tensors[0].shape = {0, 1 << 20, 1 << 20}; }), "");
}

TEST(Validate, RefusesTooManyDimensions) {
    EXPECT_NE(messageAfter([](Graph& g) { g.tensors[0].shape = Shape(5000, 1); }), "");
}

TEST(Validate, RefusesDataShorterThanTheShape) {
    EXPECT_EQ(messageAfter([](Graph& g) { g.buffers[1] = Bytes(std::vector<uint8_t>(4, 0)); }),
              "data of 4 bytes are too short for float32 2, which needs 8: T1: export the model "
              "again");
}

TEST(Validate, RefusesUnsoundQuantization) {
    const auto with = [](float scale, int64_t zeroPoint) {
        return messageAfter([&](Graph& g) {
            for (Tensor& t : g.tensors)
                t.type = DataType::Int8;
            g.tensors[0].quantization.scale = {scale};
            g.tensors[0].quantization.zeroPoint = {zeroPoint};
        });
    };
    EXPECT_EQ(with(0.5f, -128), "");
    EXPECT_NE(with(0.0f, 0), "");
    EXPECT_NE(with(std::numeric_limits<float>::quiet_NaN(), 0), "");
    EXPECT_NE(with(std::numeric_limits<float>::infinity(), 0), "");
    EXPECT_NE(with(0.5f, 1000), "");
}

TEST(Validate, RefusesTensorsThatDoNotExist) {
    EXPECT_EQ(messageAfter([](Graph& g) { g.ops[0].inputs[1] = 1000; }),
              "input tensor 1000 does not exist: #0 ADD: export the model again");
    EXPECT_NE(messageAfter([](Graph& g) { g.inputs = {99}; }), "");
    EXPECT_NE(messageAfter([](Graph& g) { g.tensors[1].buffer = 7; }), "");
}

TEST(Validate, RefusesWritingAConstant) {
    EXPECT_NE(messageAfter([](Graph& g) { g.ops[0].outputs = {1}; }), "");
}

TEST(Validate, RefusesReadingWhatNobodyWrote) {
    EXPECT_NE(messageAfter([](Graph& g) { g.inputs.clear(); }), "");
}

TEST(Validate, RefusesADeclaredShapeThatTheInputsDoNotMake) {
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors[2].shape = {2, 2};
              }),
              "output T2 is declared 2x2, its inputs make 1x2: #0 ADD: export the model again");
}

TEST(Validate, RefusesAnUnknownActivation) {
    EXPECT_NE(messageAfter([](Graph& g) {
                  g.ops[0].options = ArithmeticOptions{static_cast<Activation>(99)};
              }),
              "");
}

}  // namespace

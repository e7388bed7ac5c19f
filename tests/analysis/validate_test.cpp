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

TEST(Validate, RefusesReadingBeforeWriting) {
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors.push_back(g.tensors[2]);
                  g.ops.push_back(g.ops[0]);
                  g.ops[0].inputs = {3, 1};
                  g.ops[1].outputs = {3};
              }),
              "reads T3 before any operator wrote it: #0 ADD: export the model again");
}

// Vela's custom operators read memory that no operator writes: their scratch.
TEST(Validate, AcceptsATensorThatNoOperatorWrites) {
    EXPECT_EQ(messageAfter([](Graph& g) { g.inputs.clear(); }), "");
    EXPECT_NE(messageAfter([](Graph& g) {
                  g.inputs.clear();
                  g.outputs = {0};
              }),
              "");
}

TEST(Validate, AcceptsDataInAnotherFile) {
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors[1].buffer = 0;
                  g.tensors[1].externalBuffer = 1;
              }),
              "");
}

TEST(Validate, ChecksTheTensorsOfBlockScales) {
    const auto with = [](int32_t scales, int32_t zeroPoints, int32_t blockSize) {
        return messageAfter([&](Graph& g) {
            g.tensors[1].blockScales = BlockScales{scales, zeroPoints, blockSize, {}};
        });
    };
    EXPECT_EQ(with(0, -1, 2), "");
    EXPECT_NE(with(3, -1, 2), "");
    EXPECT_NE(with(-1, -1, 2), "");
    EXPECT_NE(with(0, -2, 2), "");
    EXPECT_NE(with(1, -1, 2), "") << "scales of its own";
    EXPECT_NE(with(0, -1, -2), "");
}

// The signature -1 makes a shape a placeholder; its operator opens, and does not run.
TEST(Validate, AcceptsPlaceholderShapes) {
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors[2].shape = {1, 1};
                  g.tensors[2].shapeSignature = {1, -1};
              }),
              "");
    EXPECT_EQ(messageAfter([](Graph& g) {
                  g.tensors[2].shape = {};
              }),
              "")
        << "without a rank";
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

// SPDX-License-Identifier: GPL-3.0-or-later
// The message for an operator that cannot run names operator, type and reason.
#include <gtest/gtest.h>

#include <cstring>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "support/model_files.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

using types::DataType;
using types::Graph;
using types::OpKind;

types::Tensor tensor(DataType type, types::Shape shape) {
    types::Tensor t;
    t.type = type;
    t.shape = std::move(shape);
    if (type != DataType::Float32) t.quantization.scale = {0.5f};
    return t;
}

/// One operator whose operands are all activations.
Graph graphOf(OpKind kind, types::OpOptions options, std::vector<types::Tensor> inputs,
              types::Tensor output) {
    Graph graph;
    graph.name = "test";
    graph.buffers.resize(1);
    types::Op op;
    op.kind = kind;
    op.options = std::move(options);
    for (types::Tensor& input : inputs) {
        op.inputs.push_back(static_cast<int32_t>(graph.tensors.size()));
        graph.inputs.push_back(op.inputs.back());
        graph.tensors.push_back(std::move(input));
    }
    op.outputs = {static_cast<int32_t>(graph.tensors.size())};
    graph.outputs = op.outputs;
    graph.tensors.push_back(std::move(output));
    graph.ops.push_back(std::move(op));
    return graph;
}

std::string refusalOf(const Graph& graph) {
    const auto runnable = lowering::checkRunnable(graph);
    return runnable ? "" : runnable.error().message();
}

TEST(Refusals, CompiledModelsAreNamed) {
    for (const char* code : {"ethos-u", "DISPATCH_OP"}) {
        auto graph = graphOf(OpKind::CUSTOM, {}, {tensor(DataType::Int8, {1, 4})},
                             tensor(DataType::Int8, {1, 4}));
        graph.ops[0].customCode = code;
        EXPECT_NE(refusalOf(graph).find("already compiled for an NPU"), std::string::npos) << code;
    }
}

TEST(Refusals, MemoryThatNothingWritesIsNotRead) {
    auto graph =
        graphOf(OpKind::ABS, {}, {tensor(DataType::Float32, {4})}, tensor(DataType::Float32, {4}));
    graph.inputs.clear();
    EXPECT_NE(refusalOf(graph).find("which no operator writes"), std::string::npos);
    EXPECT_FALSE(lowering::Execution::create(graph));
}

TEST(Refusals, ShapesOfTheRunTimeAreNamed) {
    auto graph = graphOf(OpKind::ABS, {}, {tensor(DataType::Float32, {1, 4})},
                         tensor(DataType::Float32, {1, 1}));
    graph.tensors[1].shapeSignature = {1, -1};
    EXPECT_NE(refusalOf(graph).find("a runtime which resizes models"), std::string::npos);
}

TEST(Refusals, DataInAnotherFileAndScalesInBlocksAreNamed) {
    auto graph =
        graphOf(OpKind::ABS, {}, {tensor(DataType::Float32, {4})}, tensor(DataType::Float32, {4}));
    graph.tensors[0].externalBuffer = 1;
    EXPECT_NE(refusalOf(graph).find("another file"), std::string::npos);
    graph.tensors[0].externalBuffer = 0;
    graph.tensors[0].blockScales = types::BlockScales{1, -1, 2, {}};
    EXPECT_NE(refusalOf(graph).find("scales in blocks"), std::string::npos);
}

// Weights in codes under float activations are folded, with the same result as float weights.
TEST(Folding, HybridModelsRun) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models" / "mlpt_kws_fp32.tflite");
    ASSERT_TRUE(graph);
    EXPECT_EQ(refusalOf(**graph), "");
    auto execution = lowering::Execution::create(**graph);
    ASSERT_TRUE(execution) << execution.error().message();
    EXPECT_TRUE(execution->invoke());
}

TEST(Folding, AFloat16WeightIsAConstantOfTheProgram) {
    const auto graph = tflite::read(support::modelFile("float16_weights"));
    ASSERT_TRUE(graph) << graph.error().message();
    const auto plan = lowering::netcaliperPlan(**graph);
    for (const auto& buffer : plan.buffers)
        EXPECT_NE(buffer.tensor, 2) << "the folded weights need no arena";
    auto execution = lowering::Execution::create(**graph);
    ASSERT_TRUE(execution) << execution.error().message();
    const float ones[] = {1, 1, 1, 1};
    std::memcpy(execution->input(0).data(), ones, sizeof ones);
    ASSERT_TRUE(execution->invoke());
    float sums[2], weights[8];
    std::memcpy(sums, execution->output(0).data(), sizeof sums);
    std::memcpy(weights, execution->tensor(2).data(), sizeof weights);
    EXPECT_FLOAT_EQ(sums[0], weights[0] + weights[1] + weights[2] + weights[3]);
    EXPECT_NE(sums[0], 0);
}

TEST(Folding, PlaceholdersAreResolvedBeforeRunning) {
    const auto graph = tflite::read(support::modelFile("reshape_dynamic"));
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ(refusalOf(**graph), "");
}

TEST(Refusals, NameOperatorAndType) {
    const auto graph = graphOf(OpKind::SOFTMAX, types::SoftmaxOptions{},
                               {tensor(DataType::UInt8, {1, 4})}, tensor(DataType::UInt8, {1, 4}));
    const std::string why = refusalOf(graph);
    EXPECT_NE(why.find("SOFTMAX of uint8 has no kernel"), std::string::npos) << why;
    EXPECT_NE(why.find("#0 SOFTMAX"), std::string::npos) << why;
}

TEST(Refusals, UnknownOperator) {
    const auto graph = graphOf(OpKind::RNN, {}, {tensor(DataType::Float32, {1, 4})},
                               tensor(DataType::Float32, {1, 4}));
    EXPECT_NE(refusalOf(graph).find("RNN is not supported"), std::string::npos);
}

TEST(Refusals, MissingQuantization) {
    types::Tensor bare = tensor(DataType::Int8, {1, 4});
    bare.quantization = {};
    const auto graph =
        graphOf(OpKind::ADD, types::ArithmeticOptions{}, {bare, tensor(DataType::Int8, {1, 4})},
                tensor(DataType::Int8, {1, 4}));
    EXPECT_NE(refusalOf(graph).find("without quantization"), std::string::npos);
}

TEST(Refusals, PoolThatWouldHaveToRescale) {
    types::Tensor out = tensor(DataType::Int8, {1, 1, 1, 1});
    out.quantization.scale = {0.25f};
    types::WindowOptions window;
    window.filterHeight = window.filterWidth = 1;
    const auto graph =
        graphOf(OpKind::MAX_POOL_2D, window, {tensor(DataType::Int8, {1, 1, 1, 1})}, out);
    EXPECT_NE(refusalOf(graph).find("quantized alike"), std::string::npos);
}

TEST(Refusals, FusedTanh) {
    types::ArithmeticOptions options;
    options.activation = types::Activation::Tanh;
    const auto graph = graphOf(OpKind::ADD, options,
                               {tensor(DataType::Float32, {4}), tensor(DataType::Float32, {4})},
                               tensor(DataType::Float32, {4}));
    EXPECT_NE(refusalOf(graph).find("fused TANH"), std::string::npos);
}

TEST(Refusals, ScratchOfARefusedOperatorIsEmpty) {
    const auto graph =
        graphOf(OpKind::RNN, {}, {tensor(DataType::Float32, {1})}, tensor(DataType::Float32, {1}));
    ASSERT_EQ(lowering::scratchNeeds(graph).size(), 1u);
    EXPECT_TRUE(lowering::scratchNeeds(graph)[0].empty());
}

// TFLM's Prepare demands 1/256 exactly for int8, and so do we.
TEST(Refusals, SoftmaxNeedsItsOutputScaleExactly) {
    types::Tensor output = tensor(DataType::Int8, {1, 4});
    output.quantization = {{1.0f / 256}, {-128}, 0, {}, {}};
    const types::Tensor input = tensor(DataType::Int8, {1, 4});
    EXPECT_EQ(refusalOf(graphOf(OpKind::SOFTMAX, types::SoftmaxOptions{}, {input}, output)), "");
    output.quantization.scale = {0.003906f};
    const std::string why =
        refusalOf(graphOf(OpKind::SOFTMAX, types::SoftmaxOptions{}, {input}, output));
    EXPECT_NE(why.find("#0 SOFTMAX"), std::string::npos) << why;
    EXPECT_NE(why.find("1/256 exactly"), std::string::npos) << why;
}

}  // namespace

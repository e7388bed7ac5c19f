// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/rewrites/rewrites.h"

#include <gtest/gtest.h>

#include <cstring>

#include "analysis/count.h"
#include "analysis/validate.h"
#include "same_outputs.h"
#include "support/golden.h"
#include "support/model_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/apply.h"

namespace {

using namespace types;

GraphPtr applied(const GraphPtr& graph, const Variation& variation) {
    auto result = transform::apply(graph, variation);
    EXPECT_TRUE(result) << result.error().message();
    return result ? result->graph : nullptr;
}

Variation rewriting(bool RewriteKnobs::*knob) {
    Variation variation;
    variation.rewrite.*knob = true;
    return variation;
}

template <typename Element>
Bytes bytesOf(const std::vector<Element>& elements) {
    std::vector<uint8_t> bytes(elements.size() * sizeof(Element));
    std::memcpy(bytes.data(), elements.data(), bytes.size());
    return Bytes(std::move(bytes));
}

int32_t addTensor(Graph& graph, DataType type, Shape shape, Bytes data = {}) {
    Tensor tensor;
    tensor.name = "t" + std::to_string(graph.tensors.size());
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.hasRank = true;
    if (!data.empty()) {
        tensor.buffer = static_cast<uint32_t>(graph.buffers.size());
        graph.buffers.push_back(std::move(data));
    }
    graph.tensors.push_back(std::move(tensor));
    return static_cast<int32_t>(graph.tensors.size()) - 1;
}

Graph emptyGraph() {
    Graph graph;
    graph.name = "made";
    graph.buffers = {Bytes()};
    return graph;
}

std::vector<float> ramp(size_t count) {
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(i % 7) / 4 - 0.5f;
    return values;
}

TEST(FoldConstants, Float16ModelsRunAsTheyAre) {
    const GraphPtr graph = *tflite::read(support::modelFile("float16_weights"));
    const GraphPtr folded = applied(graph, rewriting(&RewriteKnobs::foldConstants));
    ASSERT_TRUE(folded);
    EXPECT_EQ(folded->ops.size(), 1u);
    EXPECT_EQ(folded->tensor(folded->ops[0].inputs[1]).type, DataType::Float32);
    surgery::expectSameOutputs(*graph, *folded);
}

TEST(FoldConstants, Float16ModelsQuantize) {
    const GraphPtr graph = *tflite::read(support::modelFile("float16_weights"));
    for (const Precision precision : {Precision::Float32, Precision::Int8, Precision::Int8W4}) {
        Variation variation;
        variation.quantize.precision = precision;
        const GraphPtr varied = applied(graph, variation);
        ASSERT_TRUE(varied);
        const auto again = tflite::readBytes(tflite::writeBytes(*varied), "again");
        ASSERT_TRUE(again) << again.error().message();
        EXPECT_TRUE(lowering::checkRunnable(**again)) << precisionName(precision);
    }
}

TEST(FoldConstants, LeavesNoMemoryForWhatIsGone) {
    const GraphPtr graph = *tflite::read(support::modelFile("float16_weights"));
    const GraphPtr folded = applied(graph, rewriting(&RewriteKnobs::foldConstants));
    for (const Tensor& tensor : folded->tensors)
        EXPECT_NE(tensor.type, DataType::Float16) << tensor.name;
}

/// x[2,3] times a matrix, as BATCH_MATMUL.
Graph product(bool isTransposed) {
    Graph graph = emptyGraph();
    const int32_t x = addTensor(graph, DataType::Float32, {2, 3});
    const int32_t w = addTensor(graph, DataType::Float32, isTransposed ? Shape{4, 3} : Shape{3, 4},
                                bytesOf(ramp(12)));
    const int32_t y = addTensor(graph, DataType::Float32, {2, 4});
    Op op;
    op.kind = OpKind::BATCH_MATMUL;
    op.options = BatchMatMulOptions{false, isTransposed, false};
    op.inputs = {x, w};
    op.outputs = {y};
    op.origin = 0;
    graph.ops = {op};
    graph.inputs = {x};
    graph.outputs = {y};
    return graph;
}

TEST(DenseMatMul, ComputesTheSame) {
    for (const bool isTransposed : {false, true}) {
        const auto graph = std::make_shared<const Graph>(product(isTransposed));
        const GraphPtr dense = applied(graph, rewriting(&RewriteKnobs::denseMatMul));
        ASSERT_TRUE(dense);
        EXPECT_EQ(dense->ops[0].kind, OpKind::FULLY_CONNECTED);
        EXPECT_EQ(dense->ops[0].origin, 0);
        surgery::expectSameOutputs(*graph, *dense);
        const auto again = tflite::readBytes(tflite::writeBytes(*dense), "again");
        ASSERT_TRUE(again) << again.error().message();
        surgery::expectSameOutputs(*dense, **again);
    }
}

TEST(DenseMatMul, LeavesProductsOfActivations) {
    Graph graph = product(false);
    graph.tensors[1].buffer = 0;
    graph.inputs = {0, 1};
    EXPECT_EQ(transform::matMulToDense(graph), 0);
}

/// Conditions [2] choose rows of [2,3].
TEST(SelectV2, RowsAreSelectedByAColumn) {
    for (const bool isConstant : {false, true}) {
        Graph graph = emptyGraph();
        const int32_t c = addTensor(graph, DataType::Bool, {2},
                                    isConstant ? bytesOf(std::vector<uint8_t>{1, 0}) : Bytes());
        const int32_t a = addTensor(graph, DataType::Float32, {2, 3});
        const int32_t b = addTensor(graph, DataType::Float32, {2, 3});
        const int32_t y = addTensor(graph, DataType::Float32, {2, 3});
        Op op;
        op.kind = OpKind::SELECT;
        op.inputs = {c, a, b};
        op.outputs = {y};
        graph.ops = {op};
        graph.inputs = isConstant ? std::vector<int32_t>{a, b} : std::vector<int32_t>{c, a, b};
        graph.outputs = {y};
        ASSERT_TRUE(analysis::validate(graph));
        const GraphPtr v2 =
            applied(std::make_shared<const Graph>(graph), rewriting(&RewriteKnobs::selectV2));
        ASSERT_TRUE(v2);
        EXPECT_EQ(v2->ops.back().kind, OpKind::SELECT_V2);
        EXPECT_EQ(v2->ops.size(), isConstant ? 1u : 2u);
        const auto runnable = lowering::checkRunnable(*v2);
        ASSERT_TRUE(runnable) << runnable.error().message();
        EXPECT_EQ(v2->tensor(v2->ops.back().inputs[0]).shape, (Shape{2, 1}));
    }
}

TEST(PerTensorDense, RoundsToTheLargestScale) {
    Graph graph = emptyGraph();
    const int32_t x = addTensor(graph, DataType::Int8, {1, 2});
    const int32_t w =
        addTensor(graph, DataType::Int8, {2, 2}, bytesOf(std::vector<int8_t>{100, -50, 127, 4}));
    const int32_t b = addTensor(graph, DataType::Int32, {2}, bytesOf(std::vector<int32_t>{40, 40}));
    const int32_t y = addTensor(graph, DataType::Int8, {1, 2});
    graph.tensors[0].quantization = {{0.5f}, {0}, 0, {}, {}};
    graph.tensors[1].quantization = {{0.25f, 1.0f}, {0, 0}, 0, {}, {}};
    graph.tensors[2].quantization = {{0.125f, 0.5f}, {0, 0}, 0, {}, {}};
    graph.tensors[3].quantization = {{2.0f}, {0}, 0, {}, {}};
    Op op;
    op.kind = OpKind::FULLY_CONNECTED;
    op.options = FullyConnectedOptions{};
    op.inputs = {x, w, b};
    op.outputs = {y};
    graph.ops = {op};
    graph.inputs = {x};
    graph.outputs = {y};
    const GraphPtr rounded =
        applied(std::make_shared<const Graph>(graph), rewriting(&RewriteKnobs::perTensorDense));
    ASSERT_TRUE(rounded);
    const auto& inputs = rounded->ops[0].inputs;
    EXPECT_EQ(rounded->tensor(inputs[1]).quantization.scale, std::vector<float>{1.0f});
    const auto codes = rounded->constantData(inputs[1]).view();
    EXPECT_EQ(static_cast<int8_t>(codes[0]), 25);
    EXPECT_EQ(static_cast<int8_t>(codes[1]), -13);
    EXPECT_EQ(static_cast<int8_t>(codes[2]), 127);
    EXPECT_EQ(rounded->tensor(inputs[2]).quantization.scale, std::vector<float>{0.5f});
    EXPECT_TRUE(lowering::checkRunnable(*rounded));
}

/// y = composite(x) with the decomposition |x| + |x|.
Graph composite() {
    Graph graph = emptyGraph();
    const int32_t x = addTensor(graph, DataType::Float32, {4});
    const int32_t y = addTensor(graph, DataType::Float32, {4});
    Op op;
    op.kind = OpKind::STABLEHLO_COMPOSITE;
    op.options = SubgraphOptions{1, -1};
    op.inputs = {x};
    op.outputs = {y};
    graph.ops = {op};
    graph.inputs = {x};
    graph.outputs = {y};
    Subgraph body;
    body.tensors = {graph.tensors[0], graph.tensors[0], graph.tensors[0]};
    Op abs, add;
    abs.kind = OpKind::ABS;
    abs.inputs = {0};
    abs.outputs = {1};
    add.kind = OpKind::ADD;
    add.options = ArithmeticOptions{};
    add.inputs = {1, 1};
    add.outputs = {2};
    body.ops = {abs, add};
    body.inputs = {0};
    body.outputs = {2};
    graph.others = {body};
    return graph;
}

TEST(InlineComposites, TheDecompositionTakesThePlace) {
    Graph graph = composite();
    const auto count = transform::inlineComposites(graph);
    ASSERT_TRUE(count) << count.error().message();
    EXPECT_EQ(*count, 1);
    ASSERT_EQ(graph.ops.size(), 2u);
    EXPECT_EQ(graph.ops[1].outputs, graph.outputs);
    EXPECT_EQ(graph.ops[0].inputs, graph.inputs);
    EXPECT_TRUE(analysis::validate(graph));
}

TEST(InlineComposites, AnInputThatIsHandedOnIsReadInstead) {
    Graph graph = composite();
    graph.others[0].ops.clear();
    graph.others[0].outputs = {0};
    ASSERT_TRUE(transform::inlineComposites(graph));
    EXPECT_TRUE(graph.ops.empty());
    EXPECT_EQ(graph.outputs, graph.inputs);
}

TEST(InlineComposites, CountsAreThoseOfTheDecomposition) {
    Graph graph = composite();
    EXPECT_EQ(analysis::countOps(graph)[0].ops, 8);
    EXPECT_EQ(analysis::countOps(graph)[0].macs, 0);
}

TEST(InlineComposites, RecentCompositesRun) {
    SKIP_WITHOUT_SHARED();
    for (const char* name : {"aeq_simple_composite", "lrt_l2_norm_composite",
                             "lrt_simple_group_norm_op", "aeq_sdpa_composite"}) {
        const auto file = *support::sharedDir() / "recent" / (std::string(name) + ".tflite");
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "recent models are absent";
        const GraphPtr graph = *tflite::read(file);
        const GraphPtr inlined = applied(graph, rewriting(&RewriteKnobs::inlineComposites));
        ASSERT_TRUE(inlined) << name;
        int64_t composite = 0, decomposed = 0;
        for (const auto& count : analysis::countOps(*graph))
            composite += count.ops;
        for (const auto& count : analysis::countOps(*inlined))
            decomposed += count.ops;
        EXPECT_EQ(composite, decomposed) << name;
        EXPECT_LT(inlined->subgraphCount, graph->subgraphCount) << name;
        const auto runnable = lowering::checkRunnable(*inlined);
        EXPECT_TRUE(runnable) << name << ": " << runnable.error().message();
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/tflm_refusal.h"

#include <gtest/gtest.h>

#include "support/golden.h"
#include "tflite/read.h"

namespace {

using namespace types;

Tensor tensorOf(DataType type, Shape shape, float scale = 0, int64_t zeroPoint = 0) {
    Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    if (scale > 0) tensor.quantization = {{scale}, {zeroPoint}, 0, {}, {}};
    return tensor;
}

/// One operator; the last tensor is its output. Weights have no data, as no rule reads them.
Graph graphOf(OpKind kind, std::vector<Tensor> tensors) {
    Graph graph;
    graph.buffers.resize(1);
    graph.tensors = std::move(tensors);
    Op op;
    op.kind = kind;
    const auto last = static_cast<int32_t>(graph.tensors.size()) - 1;
    for (int32_t i = 0; i < last; ++i)
        op.inputs.push_back(i);
    op.outputs = {last};
    graph.ops = {op};
    return graph;
}

std::string reasonOf(const Graph& graph) {
    const auto refusal = cost::tflmRefusal(graph);
    return refusal ? refusal->message() : "taken";
}

TEST(TflmRefusal, SoftmaxNeedsItsScaleExactly) {
    const Tensor input = tensorOf(DataType::Int8, {1, 4}, 0.1f);
    EXPECT_EQ(reasonOf(graphOf(OpKind::SOFTMAX,
                               {input, tensorOf(DataType::Int8, {1, 4}, 1.0f / 256, -128)})),
              "taken");
    EXPECT_EQ(reasonOf(graphOf(OpKind::SOFTMAX,
                               {input, tensorOf(DataType::Int8, {1, 4}, 0.0039f, -128)})),
              "TFLM refuses #0 SOFTMAX: needs output scale 1/256 exactly, has 0.003900000");
    // int16 outputs may be off by a thousandth.
    const Tensor wide = tensorOf(DataType::Int16, {1, 4}, 0.001f);
    EXPECT_EQ(reasonOf(graphOf(OpKind::SOFTMAX,
                               {wide, tensorOf(DataType::Int16, {1, 4}, 1.0005f / 32768)})),
              "taken");
}

TEST(TflmRefusal, HybridLayersHaveNoKernel) {
    const auto dense = [](DataType data, DataType weights) {
        return reasonOf(graphOf(OpKind::FULLY_CONNECTED,
                                {tensorOf(data, {1, 8}, 0.1f), tensorOf(weights, {4, 8}, 0.1f),
                                 tensorOf(data, {1, 4}, 0.1f)}));
    };
    EXPECT_EQ(dense(DataType::Float32, DataType::Float32), "taken");
    EXPECT_EQ(dense(DataType::Int16, DataType::Int8), "taken");
    EXPECT_NE(dense(DataType::Float32, DataType::Int8).find("hybrid"), std::string::npos);
    EXPECT_NE(dense(DataType::Int16, DataType::Int4).find("int4 weights"), std::string::npos);
    EXPECT_NE(dense(DataType::UInt8, DataType::UInt8).find("not uint8"), std::string::npos);
}

TEST(TflmRefusal, FourBitDenseWeightsHaveOneScale) {
    Graph graph = graphOf(OpKind::FULLY_CONNECTED, {tensorOf(DataType::Int8, {1, 8}, 0.1f),
                                                    tensorOf(DataType::Int4, {2, 8}, 0.1f),
                                                    tensorOf(DataType::Int8, {1, 2}, 0.1f)});
    EXPECT_EQ(reasonOf(graph), "taken");
    graph.tensors[1].quantization.scale = {0.1f, 0.2f};
    EXPECT_NE(reasonOf(graph).find("one scale only"), std::string::npos);
}

TEST(TflmRefusal, NamesTheTypesThatAKernelTakes) {
    EXPECT_EQ(reasonOf(graphOf(OpKind::FLOOR_MOD,
                               {tensorOf(DataType::Int32, {4}), tensorOf(DataType::Int32, {4}),
                                tensorOf(DataType::Int32, {4})})),
              "TFLM refuses #0 FLOOR_MOD: its kernel takes float32 as input 0, not int32");
    EXPECT_EQ(reasonOf(graphOf(OpKind::DEQUANTIZE, {tensorOf(DataType::Float16, {4}),
                                                    tensorOf(DataType::Float32, {4})})),
              "TFLM refuses #0 DEQUANTIZE: its kernel takes uint8, int16 or int8 as input 0, not "
              "float16");
}

// The reader fills in what the file leaves open; TFLM reads the file.
TEST(TflmRefusal, AnOpenShapeIsRefusedAsTheFileDeclaresIt) {
    Graph graph = graphOf(OpKind::RESHAPE, {tensorOf(DataType::Float32, {1, 64}),
                                            tensorOf(DataType::Float32, {8, 8})});
    graph.tensors[1].isFilledIn = true;
    EXPECT_EQ(reasonOf(graph), "taken");
    graph.original = Bytes(std::vector<uint8_t>(1));
    EXPECT_NE(reasonOf(graph).find("open"), std::string::npos);
}

TEST(TflmRefusal, CustomOperatorsAreTakenByName) {
    Graph graph = graphOf(OpKind::CUSTOM,
                          {tensorOf(DataType::Float32, {4}), tensorOf(DataType::Float32, {4})});
    graph.ops[0].customCode = "MyOperator";
    EXPECT_NE(reasonOf(graph).find("#0 CUSTOM MyOperator"), std::string::npos);
    graph.ops[0].customCode = "SignalRfft";
    graph.ops[0].kind = OpKind::SIGNAL_RFFT;
    EXPECT_EQ(reasonOf(graph), "taken");
}

TEST(TflmRefusal, LooksIntoEverySubgraph) {
    Graph graph =
        graphOf(OpKind::RELU, {tensorOf(DataType::Float32, {4}), tensorOf(DataType::Float32, {4})});
    graph.others = {{"", graph.tensors, graph.ops, {}, {}, ""}};
    graph.others[0].ops[0].kind = OpKind::GELU;
    EXPECT_EQ(reasonOf(graph), "TFLM refuses #0 GELU of subgraph 1: it has no kernel");
}

// TFLM ran every one of these models.
TEST(TflmRefusal, TakesEveryModelThatTflmRan) {
    SKIP_WITHOUT_SHARED();
    size_t taken = 0;
    for (const char* sub : {"", "conformance/"})
        for (const auto& golden : support::goldenCases(sub)) {
            const auto graph = tflite::read(golden.model);
            if (!graph) continue;
            EXPECT_EQ(reasonOf(**graph), "taken") << golden.name();
            ++taken;
        }
    EXPECT_GE(taken, 670u);
}

}  // namespace

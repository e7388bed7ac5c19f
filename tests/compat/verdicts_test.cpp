// SPDX-License-Identifier: GPL-3.0-or-later
// One test for each kind of verdict and each source of facts.
#include <gtest/gtest.h>

#include "compat/compat.h"
#include "small_graphs.h"

namespace {

using namespace types;
using small::graphOf;
using small::tensorOf;

LayerSupport verdict(const Graph& graph, const std::string& runtime) {
    const auto found = compat::check(graph, runtime);
    EXPECT_TRUE(found && found->size() == 1) << runtime;
    return found ? found->front().layers.at(0) : LayerSupport{};
}

constexpr auto I8 = DataType::Int8, I16 = DataType::Int16, F32 = DataType::Float32,
               I4 = DataType::Int4, I32 = DataType::Int32;

Graph convolution(DataType data, DataType weights, DataType bias, int32_t groups = 1,
                  int32_t dilation = 1) {
    WindowOptions options;
    options.dilationHeight = options.dilationWidth = dilation;
    return graphOf(OpKind::CONV_2D,
                   {tensorOf(data, {1, 8, 8, 8}), tensorOf(weights, {8, 3, 3, 8 / groups}, 8),
                    tensorOf(bias, {8}, 8), tensorOf(data, {1, 8, 8, 8})},
                   options);
}

Graph dense(DataType data, size_t scales, int32_t outputs = 4) {
    return graphOf(OpKind::FULLY_CONNECTED,
                   {tensorOf(data, {1, 8}), tensorOf(data == F32 ? F32 : I8, {outputs, 8}, scales),
                    tensorOf(data, {1, outputs})});
}

TEST(Verdicts, KernelsOfLibrariesRunAndOthersFallBack) {
    EXPECT_EQ(verdict(convolution(I8, I8, I32), "tflm+cmsis-nn@7.0").verdict, Support::Runs);
    EXPECT_EQ(verdict(convolution(I8, I8, I32), "tflm+esp-nn@1.2.3").verdict, Support::Runs);
    const auto floats = verdict(convolution(F32, F32, F32), "tflm+cmsis-nn@7.0");
    EXPECT_EQ(floats.verdict, Support::FallsBack);
    EXPECT_EQ(floats.rewrite, "--quantize int8");
    EXPECT_EQ(verdict(convolution(I8, I8, I32, 1, 2), "tflm+esp-nn@1.2.3").verdict,
              Support::FallsBack);
    EXPECT_EQ(verdict(convolution(I8, I8, I32, 1, 2), "tflm+cmsis-nn@7.0").verdict, Support::Runs);
}

TEST(Verdicts, GroupsAreWrongWithOldEspNn) {
    const Graph grouped = convolution(I8, I8, I32, 2);
    EXPECT_EQ(verdict(grouped, "tflm+esp-nn@1.1.2").verdict, Support::Wrong);
    EXPECT_EQ(verdict(grouped, "tflm+esp-nn@1.2.3").verdict, Support::FallsBack);
    EXPECT_FALSE(verdict(grouped, "tflm+esp-nn@1.1.2").source.empty());
}

TEST(Verdicts, BiasesOf32BitsWithInt16LackScratchOfCmsisNn) {
    EXPECT_EQ(verdict(convolution(I16, I8, I32), "tflm+cmsis-nn@26.6").verdict, Support::Wrong);
    EXPECT_EQ(verdict(convolution(I16, I8, DataType::Int64), "tflm+cmsis-nn@26.6").verdict,
              Support::Runs);
    EXPECT_EQ(verdict(convolution(I16, I8, I32), "tflm@2026-08").verdict, Support::Runs);
}

TEST(Verdicts, DenseLayersWithScalesPerChannelHaveAHistory) {
    const Graph graph = dense(I8, 4);
    EXPECT_EQ(verdict(graph, "tflm@2023-06").verdict, Support::Wrong);
    EXPECT_EQ(verdict(graph, "tflm@2024-06").verdict, Support::Refused);
    EXPECT_EQ(verdict(graph, "tflm@2025-06").verdict, Support::Runs);
    EXPECT_EQ(verdict(graph, "tflm+esp-nn@1.1.0").verdict, Support::Wrong);
    EXPECT_EQ(verdict(graph, "tflm+esp-nn@1.1.1").verdict, Support::Runs);
    EXPECT_EQ(verdict(dense(I8, 2, 2), "tflm+esp-nn@1.2.3").verdict, Support::Wrong);
    EXPECT_EQ(verdict(graph, "tflm@2023-06").rewrite, "--per-tensor-dense");
    EXPECT_EQ(verdict(dense(I8, 1), "tflm@2023-06").verdict, Support::Runs);
}

TEST(Verdicts, OperatorsAndTypesAreRefusedBeforeTheyCame) {
    const Graph product = graphOf(
        OpKind::BATCH_MATMUL, {tensorOf(I8, {2, 4}), tensorOf(I8, {4, 3}), tensorOf(I8, {2, 3})});
    EXPECT_EQ(verdict(product, "tflm@2023-06").verdict, Support::Refused);
    EXPECT_EQ(verdict(product, "tflm@2024-06").verdict, Support::Runs);
    EXPECT_EQ(verdict(product, "tflm+cmsis-nn@6.0").verdict, Support::FallsBack);
    EXPECT_EQ(verdict(product, "tflm+cmsis-nn@7.0").verdict, Support::Runs);
    const Graph relu = graphOf(OpKind::RELU6, {tensorOf(I16, {4}), tensorOf(I16, {4})});
    EXPECT_EQ(verdict(relu, "tflm@2024-06").verdict, Support::Refused);
    EXPECT_EQ(verdict(relu, "tflm@2025-06").verdict, Support::Runs);
    const Graph tanh = graphOf(OpKind::TANH, {tensorOf(I16, {4}), tensorOf(I16, {4})});
    EXPECT_EQ(verdict(tanh, "tflm@2022-06").verdict, Support::Unknown);
    EXPECT_EQ(verdict(tanh, "tflm@2026-08").verdict, Support::Runs);
}

TEST(Verdicts, SoftmaxOfEspNnNeedsItsClassesInDimensionOne) {
    const auto softmax = [](Shape shape) {
        Tensor output = tensorOf(I8, shape);
        output.quantization = {{1.0f / 256}, {-128}, 0, {}, {}};
        return graphOf(OpKind::SOFTMAX, {tensorOf(I8, shape), output});
    };
    EXPECT_EQ(verdict(softmax({1, 12}), "tflm+esp-nn@1.2.3").verdict, Support::Runs);
    const auto wrong = verdict(softmax({1, 1, 12}), "tflm+esp-nn@1.2.3");
    EXPECT_EQ(wrong.verdict, Support::Wrong);
    EXPECT_NE(wrong.reason.find("44 bytes"), std::string::npos);
    EXPECT_EQ(verdict(softmax({12}), "tflm+esp-nn@1.2.3").verdict, Support::Unknown);
}

TEST(Verdicts, BroadcastSumsFallBack) {
    const Graph sum = graphOf(
        OpKind::ADD, {tensorOf(I8, {1, 8, 8, 4}), tensorOf(I8, {4}), tensorOf(I8, {1, 8, 8, 4})});
    for (const char* runtime : {"tflm+cmsis-nn@26.6", "tflm+esp-nn@1.2.3"})
        EXPECT_EQ(verdict(sum, runtime).verdict, Support::FallsBack) << runtime;
}

TEST(Verdicts, DocumentsDecideWhereSourcesAreNotPublic) {
    EXPECT_EQ(verdict(convolution(I8, I8, I32), "st-edge-ai@3.0").verdict, Support::Runs);
    EXPECT_EQ(verdict(convolution(I8, I4, I32), "st-edge-ai@3.0").verdict, Support::FallsBack);
    const Graph exp = graphOf(OpKind::EXP, {tensorOf(F32, {4}), tensorOf(F32, {4})});
    EXPECT_EQ(verdict(exp, "st-edge-ai@3.0").verdict, Support::Unknown);
    EXPECT_EQ(verdict(exp, "executorch-cortex-m@1.6").verdict, Support::FallsBack);
    EXPECT_EQ(verdict(exp, "axon@1.4").verdict, Support::Refused);
    EXPECT_EQ(verdict(convolution(I8, I8, I32), "executorch-cortex-m@1.6").verdict, Support::Runs);
    EXPECT_EQ(verdict(convolution(I8, I8, I32), "axon@1.4").verdict, Support::Runs);
    EXPECT_EQ(verdict(dense(I8, 4), "executorch-cortex-m@1.6").verdict, Support::FallsBack);
    const Graph wide =
        graphOf(OpKind::FULLY_CONNECTED,
                {tensorOf(I8, {1, 4096}), tensorOf(I8, {2, 4096}), tensorOf(I8, {1, 2})});
    EXPECT_EQ(verdict(wide, "axon@1.4").verdict, Support::Refused);
}

TEST(Verdicts, RewritesAreNamedForWhatTheyReplace) {
    const Graph select = graphOf(OpKind::SELECT, {tensorOf(DataType::Bool, {4}), tensorOf(F32, {4}),
                                                  tensorOf(F32, {4}), tensorOf(F32, {4})});
    EXPECT_EQ(verdict(select, "tflm@2026-08").verdict, Support::Refused);
    EXPECT_EQ(verdict(select, "tflm@2026-08").rewrite, "--select-v2");
    const Graph composite =
        graphOf(OpKind::STABLEHLO_COMPOSITE, {tensorOf(F32, {4}), tensorOf(F32, {4})});
    EXPECT_EQ(verdict(composite, "tflm@2026-08").rewrite, "--inline-composites");
}

}  // namespace

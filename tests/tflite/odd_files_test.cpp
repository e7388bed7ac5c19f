// SPDX-License-Identifier: GPL-3.0-or-later
// Files that converters write and that differ from what most of them write.
#include <gtest/gtest.h>

#include "analysis/shapes.h"
#include "support/golden.h"
#include "support/model_files.h"
#include "tflite/edit_subgraphs.h"
#include "tflite/read.h"
#include "tflite/write.h"

namespace {

using namespace types;

GraphPtr opened(const std::string& name, const std::string& signature = {}) {
    const auto graph = tflite::read(support::modelFile(name), signature);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message());
    return graph ? *graph : nullptr;
}

TEST(OddFiles, ZeroPointsMayLieAtAnyMultipleOfFour) {
    const GraphPtr graph = opened("zero_point_alignment");
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->tensor(0).quantization.zeroPoint, std::vector<int64_t>{3});
    EXPECT_EQ(graph->tensor(2).quantization.zeroPoint, std::vector<int64_t>{7});
}

TEST(OddFiles, PlaceholderShapesFollowFromConstants) {
    const GraphPtr graph = opened("reshape_dynamic");
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->tensor(graph->ops[1].outputs[0]).shape, (Shape{1, 64}));
    EXPECT_EQ(graph->tensor(graph->outputs[0]).shape, (Shape{1, 4}));
    EXPECT_EQ(tflite::writeBytes(*graph).data(), graph->original.data());
}

TEST(OddFiles, SignaturesWithoutNamesAreNumbered) {
    const GraphPtr graph = opened("two_signatures");
    ASSERT_TRUE(graph);
    ASSERT_EQ(graph->signatures.size(), 2u);
    EXPECT_EQ(graph->signatures[1].name, "subgraph 1");
    EXPECT_EQ(graph->tensor(graph->inputs[0]).shape, (Shape{1, 16}));
}

TEST(OddFiles, AChosenSignatureIsTheFirstOfItsFile) {
    const GraphPtr graph = opened("two_signatures", "subgraph 1");
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->tensor(graph->inputs[0]).shape, (Shape{8, 16}));
    ASSERT_EQ(graph->others.size(), 1u);
    EXPECT_EQ(graph->others[0].tensors[0].shape, (Shape{1, 16}));
    const auto missing = tflite::read(support::modelFile("two_signatures"), "decode");
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().remedy.find("'subgraph 1'"), std::string::npos);
}

TEST(OddFiles, OneSignatureAloneKeepsItsData) {
    const GraphPtr graph = opened("two_signatures");
    const auto alone = tflite::withoutOtherSignatures(*graph);
    ASSERT_TRUE(alone) << alone.error().message();
    EXPECT_EQ((*alone)->subgraphCount, 1);
    EXPECT_EQ((*alone)->ops.size(), graph->ops.size());
    EXPECT_EQ((*alone)->constantData(1).size(), 4096u);
    EXPECT_LT(tflite::writeBytes(**alone).size(), graph->original.size());
}

/// A chain of three operators listed backwards.
Graph backwards() {
    Graph graph;
    graph.buffers = {Bytes()};
    graph.tensors.resize(4);
    for (Tensor& tensor : graph.tensors)
        tensor.shape = {2};
    for (int32_t i : {2, 1, 0}) {
        Op op;
        op.kind = OpKind::ABS;
        op.inputs = {i};
        op.outputs = {i + 1};
        graph.ops.push_back(op);
    }
    graph.inputs = {0};
    graph.outputs = {3};
    return graph;
}

TEST(OddFiles, OperatorsAreSortedAndTheFileStays) {
    const Bytes bytes = tflite::writeBytes(backwards());
    const auto graph = tflite::readBytes(bytes, "backwards");
    ASSERT_TRUE(graph) << graph.error().message();
    EXPECT_EQ((*graph)->ops[0].inputs[0], 0);
    EXPECT_EQ((*graph)->ops[0].origin, 2);
    EXPECT_EQ((*graph)->ops[2].origin, 0);
    EXPECT_EQ(tflite::writeBytes(**graph).data(), bytes.data());
}

TEST(OddFiles, OperatorsThatWaitForEachOtherAreRefused) {
    Graph graph = backwards();
    graph.ops[2].inputs = {2};
    graph.ops[1].inputs = {1};
    graph.ops[1].outputs = {2};
    graph.ops[2].outputs = {1};
    EXPECT_FALSE(tflite::readBytes(tflite::writeBytes(graph), "circle"));
}

TEST(OddFiles, AnExternalBufferSurvives) {
    Graph graph = backwards();
    graph.tensors[0].externalBuffer = 3;
    graph.inputs = {};
    const auto read = tflite::readBytes(tflite::writeBytes(graph), "external");
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ((*read)->tensor(0).externalBuffer, 3u);
}

TEST(OddFiles, ScalesInBlocksAndAlongAxesSurvive) {
    Graph graph = backwards();
    graph.tensors[1].blockScales = BlockScales{0, -1, 2, {}};
    graph.tensors[2].blockScales = BlockScales{0, 3, 0, {0, 1}};
    const auto read = tflite::readBytes(tflite::writeBytes(graph), "blocks");
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ((*read)->tensor(1).blockScales->blockSize, 2);
    EXPECT_EQ((*read)->tensor(1).blockScales->zeroPoints, -1);
    EXPECT_EQ((*read)->tensor(2).blockScales->axes, (std::vector<int32_t>{0, 1}));
    EXPECT_EQ((*read)->tensor(2).blockScales->zeroPoints, 3);
}

TEST(OddFiles, EveryRecentModelOpensAndKeepsItsBytes) {
    SKIP_WITHOUT_SHARED();
    for (const char* folder : {"recent", "faults"}) {
        if (!std::filesystem::is_directory(*support::sharedDir() / folder)) continue;
        for (const auto& file : support::filesOf(*support::sharedDir() / folder, ".tflite")) {
            const auto graph = tflite::read(file);
            ASSERT_TRUE(graph) << graph.error().message();
            EXPECT_EQ(tflite::writeBytes(**graph).data(), (*graph)->original.data()) << file;
            for (const Signature& signature : (*graph)->signatures) {
                const auto other = tflite::read(file, signature.name);
                EXPECT_TRUE(other) << other.error().message();
            }
        }
    }
}

TEST(OddFiles, ScalesInBlocksAreNamed) {
    SKIP_WITHOUT_SHARED();
    const auto file = *support::sharedDir() / "recent/lrt_qwen_fc_blockwise_quantized.tflite";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "recent models are absent";
    const auto graph = tflite::read(file);
    ASSERT_TRUE(graph) << graph.error().message();
    const Tensor& weights = (*graph)->tensor(1);
    ASSERT_TRUE(weights.blockScales);
    EXPECT_EQ(weights.blockScales->scales, 3);
    EXPECT_EQ(storageText(weights), "int4 in blocks of 32");
}

}  // namespace

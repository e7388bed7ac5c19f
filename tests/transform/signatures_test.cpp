// SPDX-License-Identifier: GPL-3.0-or-later
// Files with several signatures are varied as one model.
#include "transform/vary_signatures.h"

#include <gtest/gtest.h>

#include "graph_surgery.h"
#include "same_outputs.h"
#include "support/model_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/apply.h"

namespace {

using namespace types;

GraphPtr twoSignatures(const std::string& name = {}) {
    return *tflite::read(support::modelFile("two_signatures"), name);
}

GraphPtr varied(const GraphPtr& graph, const Variation& variation,
                std::vector<std::string>* changes = nullptr) {
    auto result = transform::apply(graph, variation);
    EXPECT_TRUE(result) << result.error().message();
    if (!result) return nullptr;
    if (changes) *changes = result->changes;
    return result->graph;
}

/// The other signature of the file that a graph is written to.
GraphPtr otherOf(const GraphPtr& graph) {
    return *tflite::readBytes(tflite::writeBytes(*graph), "other", graph->signatures[1].name);
}

TEST(Signatures, AreNarrowedAlikeAndShareTheirWeights) {
    std::vector<std::string> changes;
    const GraphPtr narrow = varied(twoSignatures(), surgery::ofWidth(0.5), &changes);
    ASSERT_TRUE(narrow);
    ASSERT_EQ(narrow->others.size(), 1u);
    const Tensor &own = narrow->tensor(1), &other = narrow->others[0].tensors[1];
    EXPECT_EQ(own.shape, (Shape{32, 16}));
    EXPECT_EQ(other.shape, own.shape);
    EXPECT_EQ(other.buffer, own.buffer);
    EXPECT_LT(tflite::writeBytes(*narrow).size(), 4096u) << "old weights are gone";
    EXPECT_EQ(changes.back(), "signature 'subgraph 1' is varied alike");
}

/// Each signature computes what the same variation makes of it alone.
TEST(Signatures, ComputeWhatTheyComputeAlone) {
    Variation alone = surgery::ofWidth(0.5);
    alone.rewrite.dropSignatures = true;
    const GraphPtr both = varied(twoSignatures(), surgery::ofWidth(0.5));
    surgery::expectSameOutputs(*both, *varied(twoSignatures(), alone));
    surgery::expectSameOutputs(*otherOf(both), *varied(twoSignatures("subgraph 1"), alone));
}

TEST(Signatures, AreQuantizedAlike) {
    Variation variation;
    variation.quantize.precision = Precision::Int8;
    const GraphPtr both = varied(twoSignatures(), variation);
    ASSERT_TRUE(both);
    const GraphPtr other = otherOf(both);
    EXPECT_EQ(other->tensor(other->ops[0].inputs[1]).type, DataType::Int8);
    EXPECT_EQ(other->subgraphCount, 2);
    EXPECT_LT(tflite::writeBytes(*both).size(), twoSignatures()->original.size());
}

TEST(Signatures, AreDroppedWhenAsked) {
    Variation variation;
    variation.rewrite.dropSignatures = true;
    std::vector<std::string> changes;
    const GraphPtr alone = varied(twoSignatures(), variation, &changes);
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->subgraphCount, 1);
    EXPECT_EQ(changes, std::vector<std::string>{"1 of 2 subgraphs dropped"});
    surgery::expectSameOutputs(*alone, *twoSignatures());
}

TEST(Signatures, KnobsOfLayersFollowTheWeights) {
    const GraphPtr one = twoSignatures(), other = twoSignatures("subgraph 1");
    Variation variation;
    variation.layers[1].precision = Precision::Int8;
    const Variation moved = transform::forSignature(*one, *other, variation);
    ASSERT_EQ(moved.layers.size(), 1u);
    EXPECT_EQ(moved.layers.begin()->first, 1);
    Graph fewer = *other;
    fewer.ops.erase(fewer.ops.begin());
    EXPECT_EQ(transform::forSignature(*one, fewer, variation).layers.count(fewer.ops[0].origin),
              1u);
}

TEST(Signatures, SamplesAreCutToTheOtherBatch) {
    auto given = std::make_shared<calibration::RealInputs>();
    for (int s = 0; s < 16; ++s)
        given->samples.push_back({std::vector<float>(16, static_cast<float>(s))});
    const auto cut = transform::samplesFor(*twoSignatures(), *twoSignatures("subgraph 1"), given);
    ASSERT_TRUE(cut);
    ASSERT_EQ(cut->samples.size(), 2u);
    EXPECT_EQ(cut->samples[1][0].size(), 128u);
    EXPECT_EQ(cut->samples[1][0][0], 8.0f);
    EXPECT_EQ(cut->samples[1][0][127], 15.0f);
}

}  // namespace

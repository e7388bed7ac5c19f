// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that hold for any graph, on random ones.
#include <gtest/gtest.h>

#include "blind_units.h"
#include "random_graph.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "transform/apply.h"
#include "transform/channels/channel_plan.h"
#include "transform/channels/width.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::GraphPtr;
using zoo::Precision;

constexpr uint64_t kGraphs = 120;

GraphPtr randomGraph(uint64_t seed, Precision precision) {
    const Layers layers = seed % 3 == 0 ? Layers::All : Layers::Plain;
    auto graph = RandomGraph(seed, precision, layers).make(static_cast<int>(seed % 7) + 2);
    EXPECT_TRUE(graph) << graph.error().message();
    return graph ? *graph : nullptr;
}

Precision precisionOf(uint64_t seed) {
    return seed % 2 == 0 ? Precision::Float32 : Precision::Int8;
}

TEST(RandomWidth, AnyGraphStaysValidAndKeepsItsPorts) {
    zoo::RandomWeights random(42);
    for (uint64_t seed = 1; seed <= kGraphs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto graph = randomGraph(seed, precisionOf(seed));
        ASSERT_TRUE(graph);
        const double width = 0.05 + static_cast<double>(random.next() % 90) / 100;
        const auto variation = ofWidth(width, static_cast<int32_t>(random.next() % 8) + 1);
        const auto varied = transform::apply(graph, variation);
        ASSERT_TRUE(varied) << varied.error().message();
        EXPECT_LE(macsOf(*varied->graph), macsOf(*graph));
        for (const auto& ports : {&types::Graph::inputs, &types::Graph::outputs})
            for (int32_t port : (*graph).*ports)
                EXPECT_EQ(graph->tensor(port).shape, varied->graph->tensor(port).shape);
    }
}

TEST(RandomWidth, GroupsLoseAsManyAsWasAsked) {
    for (uint64_t seed = 1; seed <= kGraphs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto graph = randomGraph(seed, Precision::Float32);
        const auto variation = ofWidth(0.4, 2);
        const auto groups = groupsOf(*graph);
        const auto plan = transform::planWidth(*graph, groups, variation);
        const auto removed = transform::unitsToRemove(
            groups, plan,
            transform::weightImportance(*graph, groups, types::ImportanceMeasure::L1));
        for (const auto& group : groups.groups()) {
            const auto lost =
                std::count_if(group.units.begin(), group.units.end(),
                              [&](int32_t unit) { return removed[static_cast<size_t>(unit)]; });
            const auto kept = static_cast<int32_t>(group.units.size()) - static_cast<int32_t>(lost);
            EXPECT_GE(kept, 1);
            EXPECT_EQ(kept, group.removable() ? transform::keptUnits(group, variation.width,
                                                                     variation.channelMultiple)
                                              : static_cast<int32_t>(group.units.size()));
        }
    }
}

TEST(RandomWidth, UnitsThatNobodyReadsAreNotMissed) {
    for (uint64_t seed = 1; seed <= kGraphs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        expectUnitsAreNotMissed(randomGraph(seed, precisionOf(seed)), seed);
    }
}

TEST(RandomWidth, UnitsThatNobodyReadsAreNotMissedInReferenceModels) {
    for (const auto& model : zoo::bundledModels()) {
        SCOPED_TRACE(model.name);
        expectUnitsAreNotMissed(model.build(model.precision).value(), 5);
    }
}

TEST(RandomWidth, UnitsThatNobodyReadsAreNotMissedInSharedModels) {
    SKIP_WITHOUT_SHARED();
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file).value();
        // Larger models only take longer.
        if (macsOf(*graph) < 8'000'000) expectUnitsAreNotMissed(graph, 3);
    }
}

TEST(RandomWidth, UnitsThatNobodyReadsAreNotMissedInConformanceGraphs) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "conformance" / "models";
    for (const auto& file : support::filesOf(dir, ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file).value();
        // Products of two activations have no weights that could be zeroed.
        const bool blindable = std::ranges::none_of(
            graph->ops, [](const types::Op& op) { return op.kind == types::OpKind::BATCH_MATMUL; });
        if (blindable) expectUnitsAreNotMissed(graph, 4);
    }
}

TEST(RandomWidth, NarrowSharedModelsRun) {
    SKIP_WITHOUT_SHARED();
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const auto graph = tflite::read(file).value();
        if (!runnable(*graph)) continue;
        for (double width : {0.75, 0.5, 0.25}) {
            const auto varied = transform::apply(graph, ofWidth(width, 4)).value();
            // Large models are lowered and not run, to save time.
            if (macsOf(*varied.graph) < 5'000'000) {
                EXPECT_FALSE(outputsOf(*varied.graph, 1).empty());
            } else {
                EXPECT_TRUE(lowering::Execution::create(*varied.graph));
            }
        }
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that hold for any graph, on random ones.
#include <gtest/gtest.h>

#include "blind_units.h"
#include "random_graph.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "transform/apply.h"
#include "transform/width.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::GraphPtr;
using zoo::Precision;

constexpr uint64_t kGraphs = 120;

GraphPtr randomGraph(uint64_t seed, Precision precision) {
    auto graph = RandomGraph(seed, precision).make(static_cast<int>(seed % 7) + 2);
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
        const types::Variation variation{width, static_cast<int32_t>(random.next() % 8) + 1};
        const auto varied = transform::apply(graph, variation);
        ASSERT_TRUE(varied) << varied.error().message();
        EXPECT_LE(macsOf(*varied->graph), macsOf(*graph));
        for (const auto& ports : {&types::Graph::inputs, &types::Graph::outputs})
            for (int32_t port : (*graph).*ports)
                EXPECT_EQ(graph->tensor(port).shape, varied->graph->tensor(port).shape);
    }
}

/// What remains of a group has as many units as the width asks for.
TEST(RandomWidth, GroupsKeepTheCountThatWasAsked) {
    for (uint64_t seed = 1; seed <= kGraphs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto graph = randomGraph(seed, Precision::Float32);
        const types::Variation variation{0.5, 1};
        const auto groups = groupsOf(*graph);
        int64_t expected = 0, found = 0;
        for (const auto& group : groups.groups())
            expected += group.removable() ? transform::keptUnits(group, variation)
                                          : static_cast<int64_t>(group.units.size());
        const auto varied = transform::apply(graph, variation).value();
        const auto remaining = groupsOf(*varied.graph);
        for (const auto& group : remaining.groups())
            found += static_cast<int64_t>(group.units.size());
        EXPECT_EQ(found, expected);
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
    // Small ones of every family; the large ones would only take longer.
    for (const char* name : {"mlpt_kws_int8", "mlpt_resnet_int8", "mlpt_strww", "heim_lenet_fp32",
                             "mcunet_vww", "tflm_micro_speech_int8", "tflm_person_detect_int8"}) {
        SCOPED_TRACE(name);
        const auto file = *support::sharedDir() / "models" / (std::string(name) + ".tflite");
        expectUnitsAreNotMissed(tflite::read(file).value(), 3);
    }
}

}  // namespace

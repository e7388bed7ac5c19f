// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/space/space.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/vary_on_data.h"
#include "search/space/draw_space.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/document/variation_file.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;
using search::Space;

GraphPtr keywordModel() {
    static const GraphPtr graph = *zoo::keywordDsCnn(zoo::Precision::Int8);
    return graph;
}

Space spaceOf(const std::string& text) {
    auto space = Space::parse(text, "space.json", keywordModel());
    EXPECT_TRUE(space) << space.error().message();
    return space ? std::move(*space) : Space();
}

std::string refusalOf(const std::string& text) {
    const auto space = Space::parse(text, "space.json", keywordModel());
    EXPECT_FALSE(space) << text;
    return space ? "" : space.error().message();
}

search::DrawnSpace drawnFrom(const std::string& text) {
    const Space space = spaceOf(text);
    auto drawn = search::drawSpace(space, keywordModel());
    EXPECT_TRUE(drawn) << drawn.error().message();
    return drawn ? std::move(*drawn) : search::DrawnSpace();
}

TEST(Space, TakesRangesListsAndValues) {
    const Space space = spaceOf(R"({"width": {"from": 0.3, "to": 1.0, "steps": 3},
        "prune": {"values": [0, 0.25]}, "quantize": {"values": ["int8", "int16x8"]},
        "channel_multiple": 8, "layers": {"2": {"width": {"values": [null, 0.5]}}}})");
    EXPECT_EQ(space.size(), 24);
    std::set<std::string> paths;
    for (const auto& dimension : space.dimensions())
        paths.insert(dimension.path);
    EXPECT_EQ(paths, (std::set<std::string>{"width", "prune.channels", "quantize",
                                            "channel_multiple", "layers.2.width"}));
}

TEST(Space, BothEndsOfARangeAreIncluded) {
    const Space space = spaceOf(R"({"width": {"from": 0.3, "to": 1.0, "steps": 40}})");
    const auto& choices = space.dimensions()[0].choices;
    ASSERT_EQ(choices.size(), 40u);
    EXPECT_DOUBLE_EQ(space.at({0}).width, 0.3);
    EXPECT_DOUBLE_EQ(space.at({39}).width, 1.0);
}

TEST(Space, CountsTakeWholeNumbers) {
    const Space space = spaceOf(R"({"train": {"epochs": {"from": 1, "to": 4, "steps": 10}}})");
    EXPECT_EQ(space.dimensions()[0].choices.size(), 4u);
    EXPECT_EQ(space.at({3}).train.epochs, 4);
}

TEST(Space, SchemesSetPrecisionAndScales) {
    const Space space =
        spaceOf(R"({"quantize": {"values": ["as-stored", "int8-per-tensor", "int8w4"]}})");
    EXPECT_EQ(space.at({0}).quantize.precision, Precision::AsStored);
    EXPECT_FALSE(space.at({1}).quantize.perChannel);
    EXPECT_EQ(space.at({2}).quantize.precision, Precision::Int8W4);
}

TEST(Space, EveryKnobOfAVariationIsOne) {
    for (const char* text :
         {R"({"rewrite": {"fold_constants": {"values": [true, false]}}})",
          R"({"input_size": {"values": [[25, 10], [49, 10]]}})",
          R"({"prune": {"channels": {"values": [0.1]}, "measure": {"values": ["l1", null]}}})",
          R"({"quantize": {"precision": "int8", "ranges": {"values": ["mse", "entropy"]}}})",
          R"({"compress": {"cluster_bits": {"from": 2, "to": 5, "steps": 4}}})",
          R"({"layers": {"0": {"prune_weights": {"values": [0, 0.5]}}}})"})
        EXPECT_GE(spaceOf(text).size(), 1) << text;
}

TEST(Space, AStarIsEachLayerThatTheKnobActsOn) {
    const Space widths = spaceOf(R"({"layers": {"*": {"width": {"values": [null, 0.5]}}}})");
    EXPECT_GE(widths.dimensions().size(), 4u);
    const Space precisions =
        spaceOf(R"({"layers": {"*": {"precision": {"values": [null, "int8w4"]}}}})");
    EXPECT_GT(precisions.dimensions().size(), widths.dimensions().size());
}

TEST(Space, ErrorsNameThePlace) {
    EXPECT_NE(refusalOf("[").find("no JSON"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": {"values": [0.5, 2]}})").find("'width.values[1]' is out of"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"widht": {"values": [0.5]}})").find("'widht' is no knob"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": {"values": []}})").find("'width.values'"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": {"from": 0.5, "steps": 2}})").find("'width.to'"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": {"from": 1, "to": 0.5, "steps": 2}})").find("above 'to'"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": {"from": 0.5, "to": 1, "stepps": 2}})")
                  .find("'width.stepps' is an unknown key"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"quantize": {"values": ["int9"]}})").find("'quantize.values[0]'"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"layers": {"99": {"width": 0.5}}})").find("'layers.99' is no layer"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"layers": {"0": {"depth": 0.5}}})").find("'layers.0.depth'"),
              std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": 0.5, "draw": "dice"})").find("'draw'"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": 0.5, "draw": "random"})").find("'count'"), std::string::npos);
    EXPECT_NE(refusalOf("{}").find("names no knob"), std::string::npos);
    EXPECT_NE(refusalOf(R"({"width": 0.5, "conditions": [{"if": {"prune": 0}, "then": {}}]})")
                  .find("'conditions[0].if.prune'"),
              std::string::npos);
}

// Whatever is written, the answer is a space or an Error.
TEST(Space, OddDocumentsAreErrors) {
    for (const char* text :
         {"null", "1", "\"x\"", R"({"layers": 3})", R"({"layers": {"x": {"width": 1}}})",
          R"({"layers": {"0": 1}})", R"({"layers.x.width": 0.5})", R"({"a/b": {"c~": 1}})",
          R"({"prune": {"channels": {"values": {"a": 1}}}})", R"({"width": []})",
          R"({"width": {"from": "a", "to": 1, "steps": 2}})",
          R"({"width": {"from": 0, "to": 1, "steps": 1e9}})", R"({"count": -1, "width": 0.5})",
          R"({"width": 0.5, "conditions": {}})", R"({"width": 0.5, "conditions": [1]})",
          R"({"width": 0.5, "seed": "x"})", R"({"layers": {"0": {"width": {"values": [[1]]}}}})"})
        EXPECT_FALSE(refusalOf(text).empty()) << text;
}

TEST(Space, WidthsThatRoundAlikeAreOneNetwork) {
    const auto drawn = drawnFrom(R"({"width": {"from": 0.05, "to": 1.0, "steps": 60}})");
    EXPECT_EQ(drawn.items, 60);
    EXPECT_LT(drawn.variations.size(), 20u);
    // Each network that the widths make is there once.
    std::set<std::string> files, all;
    for (const Variation& variation : drawn.variations) {
        const auto varied = transform::apply(keywordModel(), variation);
        ASSERT_TRUE(varied);
        const auto bytes = tflite::writeBytes(*varied->graph);
        EXPECT_TRUE(files.emplace(bytes.view().begin(), bytes.view().end()).second)
            << variation.label();
    }
    for (int i = 0; i < 60; ++i) {
        Variation variation;
        variation.width = 0.05 + i * 0.95 / 59;
        const auto bytes = tflite::writeBytes(*transform::apply(keywordModel(), variation)->graph);
        all.emplace(bytes.view().begin(), bytes.view().end());
    }
    EXPECT_EQ(files, all);
}

TEST(Space, SharesOfPruningThatRoundAlikeAreOneNetwork) {
    const auto drawn = drawnFrom(
        R"({"prune": {"channels": {"from": 0, "to": 0.5, "steps": 51}, "measure": "l1",
            "scope": "per-layer"}})");
    std::set<std::string> files;
    for (int i = 0; i < 51; ++i) {
        Variation variation;
        variation.prune.channels = i / 100.0;
        variation.prune.measure = ImportanceMeasure::L1;
        variation.prune.scope = PruneScope::PerLayer;
        const auto bytes = tflite::writeBytes(*transform::apply(keywordModel(), variation)->graph);
        files.emplace(bytes.view().begin(), bytes.view().end());
    }
    EXPECT_EQ(drawn.variations.size(), files.size());
}

TEST(Space, KnobsThatActOnNothingAreNoVariations) {
    EXPECT_EQ(drawnFrom(R"({"width": 1, "prune": {"recover": {"values": [true, false]}}})")
                  .variations.size(),
              1u);
}

TEST(Space, OtherKnobsStayApart) {
    EXPECT_EQ(drawnFrom(R"({"width": {"values": [0.5, 0.501]},
                            "quantize": {"values": ["int8", "int16x8"]}})")
                  .variations.size(),
              2u);
}

TEST(Space, ConditionsLeaveVariationsOut) {
    const auto drawn = drawnFrom(R"({"width": {"values": [0.25, 0.5, 1]},
        "quantize": {"values": ["as-stored", "int16x8"]},
        "conditions": [{"if": {"quantize": "int16x8"}, "then": {"width": {"from": 0.5, "to": 1}}}]})");
    EXPECT_EQ(drawn.items, 5);
    const Space none = spaceOf(R"({"width": {"values": [0.25]},
        "conditions": [{"if": {"width": 0.25}, "then": {"width": 1}}]})");
    EXPECT_FALSE(search::drawSpace(none, keywordModel()));
}

TEST(Space, DrawsAreSeededAndSpread) {
    const std::string knobs = R"("width": {"from": 0.1, "to": 1.0},
        "prune": {"from": 0, "to": 0.5}, "count": 40)";
    for (const std::string draw : {"random", "sobol"}) {
        const auto text = [&](int seed) {
            return "{" + knobs + ", \"draw\": \"" + draw + "\", \"seed\": " + std::to_string(seed) +
                   "}";
        };
        const auto first = drawnFrom(text(1)), again = drawnFrom(text(1)),
                   other = drawnFrom(text(2));
        EXPECT_EQ(first.items, 40);
        EXPECT_EQ(first.variations, again.variations) << draw;
        EXPECT_NE(first.variations, other.variations) << draw;
        int low = 0;
        for (const Variation& variation : first.variations)
            low += variation.width < 0.55 ? 1 : 0;
        EXPECT_GT(low, 5) << draw;
        EXPECT_LT(low, 35) << draw;
    }
}

TEST(Space, GridsNeedStepsAndALimit) {
    EXPECT_FALSE(
        search::drawSpace(spaceOf(R"({"width": {"from": 0.1, "to": 1}})"), keywordModel()));
    const Space large =
        spaceOf(R"({"layers": {"*": {"width": {"from": 0.1, "to": 1, "steps": 90}}}})");
    const auto drawn = search::drawSpace(large, keywordModel());
    ASSERT_FALSE(drawn);
    EXPECT_NE(drawn.error().message().find("draw"), std::string::npos);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// No knob is forgotten: each is listed in the domain, named by label() and, where it only modifies
// another one, reset where that one does nothing. A new member of a knob struct stops the
// compilation of this file until it is listed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "support/knob_changes.h"
#include "types/knob_domain.h"

namespace {

using namespace types;
using support::knobChanges;

// tests/types/knobs_test.cpp: give a new member a name in the bindings below, and a line in the
// list of its struct in engine/types/knob_domain.h.

template <typename List>
constexpr size_t kListed = std::tuple_size_v<std::remove_cvref_t<List>>;

[[maybe_unused]] void countMembers() {
    [[maybe_unused]] const auto& [foldConstants, inlineComposites, selectV2, denseMatMul,
                                  perTensorDense, dropSignatures] = RewriteKnobs();
    static_assert(kListed<decltype(kRewriteKnobs)> == 6,
                  "list every member of RewriteKnobs in kRewriteKnobs, "
                  "engine/types/knob_domain.h, and count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [channels, weights, measure, scope, recover, schedule] =
        PruneKnobs();
    static_assert(kListed<decltype(kPruneKnobs)> == 6,
                  "list every member of PruneKnobs in kPruneKnobs, engine/types/knob_domain.h, and "
                  "count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [precision, perChannel, ranges, percentile, equalize, correctBias,
                                  reconstruct, flashBudget, latencyBudgetUs, inputType,
                                  outputType] = QuantizeKnobs();
    static_assert(kListed<decltype(kQuantizeKnobs)> == 11,
                  "list every member of QuantizeKnobs in kQuantizeKnobs, "
                  "engine/types/knob_domain.h, and count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [method, clusterBits] = CompressKnobs();
    static_assert(kListed<decltype(kCompressKnobs)> == 2,
                  "list every member of CompressKnobs in kCompressKnobs, "
                  "engine/types/knob_domain.h, and count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [seconds, epochs, seed, augment, flip] = TrainKnobs();
    static_assert(kListed<decltype(kTrainKnobs)> == 5,
                  "list every member of TrainKnobs in kTrainKnobs, engine/types/knob_domain.h, and "
                  "count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [sram, row, feedRows] = ScheduleKnobs();
    static_assert(kListed<decltype(kScheduleKnobs)> == 3,
                  "list every member of ScheduleKnobs in kScheduleKnobs, "
                  "engine/types/knob_domain.h, and count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [width, pruneChannels, pruneWeights, ownPrecision, ownCompression,
                                  dropBlock] = LayerKnobs();
    static_assert(kListed<decltype(kLayerKnobs)> == 6,
                  "list every member of LayerKnobs in kLayerKnobs, engine/types/knob_domain.h, and "
                  "count them in tests/types/knobs_test.cpp");
    [[maybe_unused]] const auto& [rewrite, inputSize, wholeWidth, multiple, prune, quantize,
                                  compress, train, bands, layers] = Variation();
    static_assert(kListed<decltype(kVariationKnobs)> == 10,
                  "list every member of Variation in kVariationKnobs, engine/types/knob_domain.h, "
                  "and count them in tests/types/knobs_test.cpp");
}

/// A knob that only modifies another one, and a setting in which it acts.
struct Manner {
    const char* path;
    std::function<void(Variation&)> act;
};

const std::vector<Manner>& manners() {
    static const auto narrow = [](Variation& v) { v.width = 0.5; };
    static const auto prune = [](Variation& v) { v.prune.channels = 0.5; };
    static const auto quantize = [](Variation& v) { v.quantize.precision = Precision::Int8; };
    static const auto clip = [](Variation& v) {
        v.quantize.precision = Precision::Int8;
        v.quantize.ranges = RangeMethod::Percentile;
    };
    static const auto mix = [](Variation& v) { v.quantize.precision = Precision::Auto; };
    static const auto train = [](Variation& v) { v.train.epochs = 20; };
    static const auto schedule = [](Variation& v) { v.schedule.sram = 40'000; };
    static const auto shrink = [](Variation& v) {
        v.width = 0.5;
        v.train.epochs = 20;
    };
    static const std::vector<Manner> list = {{"channel_multiple", narrow},
                                             {"prune.measure", prune},
                                             {"prune.scope", prune},
                                             {"prune.recover", narrow},
                                             {"prune.schedule", shrink},
                                             {"quantize.per_channel", quantize},
                                             {"quantize.ranges", quantize},
                                             {"quantize.percentile", clip},
                                             {"quantize.equalize", quantize},
                                             {"quantize.correct_bias", quantize},
                                             {"quantize.reconstruct", quantize},
                                             {"quantize.flash_budget", mix},
                                             {"quantize.latency_budget_us", mix},
                                             {"train.seed", train},
                                             {"train.augment", train},
                                             {"train.flip", train},
                                             {"schedule.feed_rows", schedule}};
    return list;
}

bool isManner(const std::string& path) {
    return std::any_of(manners().begin(), manners().end(),
                       [&](const Manner& manner) { return manner.path == path; });
}

TEST(Knobs, EachChangesTheNameOrIsTheMannerOfAnother) {
    for (const auto& [path, variation] : knobChanges({})) {
        if (isManner(path)) {
            EXPECT_EQ(variation.normalized(), Variation())
                << path << " alone: Variation::normalized() in engine/types/variation.cpp is to "
                << "reset it";
            EXPECT_TRUE(variation.isIdentity()) << path;
            EXPECT_EQ(variation.label(), "original") << path;
        } else {
            EXPECT_EQ(variation.normalized(), variation) << path;
            EXPECT_FALSE(variation.isIdentity()) << path;
            EXPECT_NE(variation.label(), "original")
                << path << ": name it in Variation::label(), engine/types/variation.cpp, or list "
                << "what it is the manner of in tests/types/knobs_test.cpp";
        }
    }
}

TEST(Knobs, AMannerChangesTheNameOfWhatItIsTheMannerOf) {
    for (const Manner& manner : manners()) {
        Variation base;
        manner.act(base);
        std::set<std::string> labels{base.label()};
        for (const auto& [path, variation] : knobChanges(base, manner.path)) {
            EXPECT_EQ(variation.normalized(), variation)
                << path << " acts here: Variation::normalized() in engine/types/variation.cpp is "
                << "to leave it";
            EXPECT_TRUE(labels.insert(variation.label()).second)
                << path << ": name it in Variation::label(), engine/types/variation.cpp; two "
                << "variations are called " << variation.label();
        }
        EXPECT_GT(labels.size(), 1u) << manner.path << " is no knob";
    }
}

/// Knobs of layers are counted, not named.
TEST(Knobs, NoTwoSettingsOfTheModelHaveOneName) {
    std::set<std::string> labels{"original"};
    for (const auto& [path, variation] : knobChanges({}))
        if (!isManner(path) && variation.layers.empty()) {
            EXPECT_TRUE(labels.insert(variation.label()).second)
                << path << ": two variations are called " << variation.label();
        }
}

TEST(Knobs, LabelsSayWhatActs) {
    Variation v;
    v.inputSize = {96, 64};
    v.width = 0.75;
    v.channelMultiple = 8;
    v.prune.channels = 0.25;
    v.prune.measure = ImportanceMeasure::L2;
    v.prune.scope = PruneScope::Global;
    v.prune.recover = true;
    v.quantize.precision = Precision::Int8;
    v.quantize.perChannel = false;
    v.quantize.ranges = RangeMethod::Percentile;
    v.quantize.inputType = DataType::UInt8;
    v.layers[1].width = 1;
    EXPECT_EQ(v.label(),
              "96x64 w0.75 p25% L2 global recovered round 8 int8-per-tensor percentile "
              "uint8 inputs (1 layer set)");
    EXPECT_EQ(Variation().label(), "original");
}

// Recovery was ticked while channels were pruned, and the slider went back.
TEST(Knobs, WhatActsOnNothingIsReset) {
    Variation v;
    v.prune.recover = true;
    v.prune.measure = ImportanceMeasure::Sensitivity;
    v.channelMultiple = 8;
    v.quantize.ranges = RangeMethod::Entropy;
    v.layers[2];
    EXPECT_EQ(v.normalized(), Variation());
    v.prune.weights = 0.5;  // zeros are the smallest weights, whatever the measure
    EXPECT_EQ(v.label(), "z50%");
}

TEST(Knobs, AKnobOfALayerIsEnoughToActOn) {
    Variation v;
    v.prune.recover = true;
    v.prune.measure = ImportanceMeasure::L2;
    v.prune.scope = PruneScope::Global;
    v.channelMultiple = 8;
    v.layers[2].pruneChannels = 0.5;
    Variation same = v;
    same.prune.scope.reset();  // that layer is not ranked with the others
    EXPECT_EQ(v.normalized(), same);
    v = {};
    v.quantize.ranges = RangeMethod::Entropy;
    v.quantize.correctBias = true;
    v.layers[2].precision = Precision::Int8;
    EXPECT_EQ(v.normalized(), v);
}

TEST(Knobs, FloatLayersHaveNoCodesToChooseRangesFor) {
    Variation v;
    v.quantize.precision = Precision::Float32;
    v.quantize.ranges = RangeMethod::Percentile;
    v.quantize.percentile = 99;
    v.quantize.correctBias = true;
    v.quantize.equalize = true;
    EXPECT_EQ(v.label(), "float32 equalized");
    v.quantize.inputType = DataType::Int8;
    EXPECT_EQ(v.label(), "float32 percentile 99 equalized int8 inputs");
}

TEST(Limits, HaveOpenAndClosedEnds) {
    EXPECT_FALSE(kWidthLimits.contain(0));
    EXPECT_TRUE(kWidthLimits.contain(1));
    EXPECT_TRUE(kShareLimits.contain(0));
    EXPECT_FALSE(kShareLimits.contain(1));
    EXPECT_FALSE(kShareLimits.contain(std::nan("")));
    EXPECT_DOUBLE_EQ(kWidthLimits.least(0.01), 0.01);
    EXPECT_DOUBLE_EQ(kWidthLimits.greatest(0.01), 1);
    EXPECT_DOUBLE_EQ(kShareLimits.greatest(0.01), 0.99);
}

TEST(Limits, ReadWell) {
    EXPECT_EQ(kWidthLimits.interval(), "(0, 1]");
    EXPECT_EQ(kShareLimits.interval(), "[0, 1)");
    EXPECT_EQ(domainText(kWidthLimits), "a number above 0, at most 1");
    EXPECT_EQ(domainText(kShareLimits), "a number from 0 to below 1");
    EXPECT_EQ(domainText(kInputSizeLimits), "a number from 1 to 1000000");
    EXPECT_EQ(domainText(kScopeWords), "per-layer or global");
}

}  // namespace

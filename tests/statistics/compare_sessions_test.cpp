// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/compare_sessions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "made_session.h"

namespace {

using namespace types;
using test_statistics::measurement;
using test_statistics::session;

/// 30 samples around a level, no two sessions alike.
std::vector<double> around(double level, double phase = 0) {
    std::vector<double> samples;
    for (int i = 0; i < 30; ++i)
        samples.push_back(level * (1 + 0.005 * std::sin(2.4 * i + phase)));
    return samples;
}

const ComparedRow& rowOf(const std::vector<ComparedRow>& rows, const std::string& key) {
    for (const ComparedRow& row : rows)
        if (row.key == key) return row;
    throw std::out_of_range(key);
}

TEST(CompareSessions, FindsTheLayerThatChanged) {
    const auto a = session("a", around(310), {around(100), around(200)});
    const auto b = session("b", around(290, 1), {around(80, 1), around(200, 1)});
    const auto comparison = statistics::compareSessions(a, b);
    ASSERT_TRUE(comparison) << comparison.error().message();
    const ComparedRow& changed = comparison->layers[0];
    EXPECT_TRUE(changed.significant);
    EXPECT_NEAR(changed.percent, -20, 0.5);
    EXPECT_LT(changed.lowPercent, changed.percent);
    EXPECT_GT(changed.highPercent, changed.percent);
    EXPECT_LT(changed.highPercent, 0);
    EXPECT_EQ(changed.layer, 0);
    EXPECT_FALSE(comparison->layers[1].significant);
}

TEST(CompareSessions, SumWholeAndWhatLiesBetweenAreRows) {
    const auto a = session("a", around(310), {around(100), around(200)});
    const auto b = session("b", around(315), {around(100), around(200)});
    const auto totals = statistics::compareSessions(a, b)->totals;
    ASSERT_EQ(totals.size(), 3u);
    EXPECT_NEAR(rowOf(totals, "sum of layers").baseline, 300, 1e-6 * 300 + 1.5);
    EXPECT_NEAR(rowOf(totals, "whole").baseline, 310, 1);
    const ComparedRow& outside = rowOf(totals, "whole - sum");
    EXPECT_NEAR(outside.baseline, 10, 0.5);
    EXPECT_NEAR(outside.difference, 5, 0.5);
}

TEST(CompareSessions, RefusesOtherConditionsUntilTheyAreAccepted) {
    auto a = session("a", around(100)), b = session("b", around(100));
    a.conditions.clockMhz = 80;
    b.conditions.clockMhz = 120;
    b.conditions.compiler = "gcc";
    const auto refused = statistics::compareSessions(a, b);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("clock: 80 MHz, 120 MHz"), std::string::npos);
    EXPECT_EQ(refused.error().what.find("compiler"), std::string::npos);
    statistics::CompareOptions options;
    options.acceptOtherConditions = true;
    const auto accepted = statistics::compareSessions(a, b, options);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->conditions, std::vector<std::string>{"clock: 80 MHz, 120 MHz"});
    EXPECT_EQ(accepted->warnings[0], "Known of one session alone: compiler.");
}

TEST(CompareSessions, BytesAndEmulatorsAreExact) {
    auto a = session("a", {1000}), b = session("b", {1001});
    a.measurements.push_back(measurement("arena", {4096}));
    b.measurements.push_back(measurement("arena", {4112}));
    a.measurements[1].quantity = b.measurements[1].quantity = Quantity::Bytes;
    const auto boards = statistics::compareSessions(a, b);
    EXPECT_TRUE(rowOf(boards->others, "arena").significant);
    const ComparedRow& whole = rowOf(boards->totals, "whole");
    EXPECT_FALSE(whole.significant);
    EXPECT_FALSE(whole.note.empty());
    EXPECT_TRUE(std::isinf(whole.highPercent));
    a.conditions.source = b.conditions.source = MeasurementSource::Emulator;
    const auto emulators = statistics::compareSessions(a, b);
    EXPECT_TRUE(rowOf(emulators->totals, "whole").significant);
    EXPECT_EQ(rowOf(emulators->totals, "whole").note, "exact");
    EXPECT_EQ(rowOf(emulators->totals, "whole").lowPercent, 0.1);
    EXPECT_TRUE(emulators->warnings.empty()) << "one exact sample is enough";
}

TEST(CompareSessions, EstimatesFromExactCountsGetNoVerdict) {
    auto a = session("a", {1000}), b = session("b", {2000});
    a.conditions.source = b.conditions.source = MeasurementSource::Emulator;
    a.measurements[0].estimated = b.measurements[0].estimated = true;
    const auto comparison = statistics::compareSessions(a, b);
    const ComparedRow& whole = rowOf(comparison->totals, "whole");
    EXPECT_FALSE(whole.significant);
    EXPECT_EQ(whole.percent, 100);
    EXPECT_EQ(whole.note, "estimated: no verdict");
    for (Session* s : {&a, &b}) {
        s->measurements.push_back(s->measurements[0]);
        s->measurements[1].quantity = Quantity::Instructions;
        s->measurements[1].estimated = false;
    }
    const auto both = statistics::compareSessions(a, b);
    EXPECT_EQ(both->totals[0].quantity, Quantity::Instructions) << "estimates come last";
    EXPECT_TRUE(both->totals[0].significant);
}

// Sums cover every additive quantity, also one that is added later.
TEST(CompareSessions, TotalsOfEveryAdditiveQuantityAreCompared) {
    for (const QuantityInfo& info : allQuantities()) {
        auto a = session("a", around(310), {around(310)}),
             b = session("b", around(310), {around(310)});
        for (Session* s : {&a, &b})
            for (Measurement& m : s->measurements)
                m.quantity = info.quantity;
        const auto comparison = statistics::compareSessions(a, b);
        ASSERT_TRUE(comparison) << info.name;
        EXPECT_EQ(comparison->totals.size(), info.isAdditive ? 3u : 0u) << info.name;
    }
}

TEST(CompareSessions, RuntimesAreComparedOnEmulatorsAlone) {
    auto a = session("a", {1000}), b = session("b", {2000});
    a.conditions.runtime = "TFLM";
    b.conditions.runtime = "Netcaliper";
    EXPECT_FALSE(statistics::compareSessions(a, b));
    a.conditions.source = b.conditions.source = MeasurementSource::Emulator;
    const auto comparison = statistics::compareSessions(a, b);
    ASSERT_TRUE(comparison);
    EXPECT_EQ(comparison->conditions, std::vector<std::string>{"runtime: TFLM, Netcaliper"});
    b.conditions.core = "Cortex-M4";
    a.conditions.core = "Cortex-M7";
    EXPECT_FALSE(statistics::compareSessions(a, b)) << "another core is no treatment";
}

TEST(CompareSessions, PartsOfLayersAreComparedWithTheirLike) {
    auto a = session("a", {10}), b = session("b", {10});
    const auto add = [](Session& s, const char* part, double count) {
        s.measurements.push_back(measurement(layerKey(0, "ADD") + part, {count}, 0, "ADD"));
        s.measurements.back().quantity = Quantity::Count;
    };
    add(a, "/loads", 5);
    add(a, "/stores", 7);
    add(b, "/stores", 8);
    add(b, "/loads", 6);
    add(b, "/other", 1);
    const auto comparison = statistics::compareSessions(a, b);
    EXPECT_EQ(rowOf(comparison->layers, "#0 ADD/loads").candidate, 6);
    EXPECT_EQ(rowOf(comparison->layers, "#0 ADD/stores").candidate, 8);
    EXPECT_EQ(comparison->unmatched, std::vector<std::string>{"#0 ADD/other, candidate only"});
}

TEST(CompareSessions, LayersAreAlignedByTheirOperators) {
    auto a = session("a", around(100)), b = session("b", around(100));
    const auto add = [](Session& s, int32_t layer, const std::string& op) {
        s.measurements.push_back(measurement(layerKey(layer, op), around(10), layer, op));
    };
    add(a, 0, "CONV_2D");
    add(a, 1, "SOFTMAX");
    add(b, 0, "QUANTIZE");
    add(b, 1, "CONV_2D");
    add(b, 2, "SOFTMAX");
    const auto comparison = statistics::compareSessions(a, b);
    ASSERT_EQ(comparison->layers.size(), 2u);
    EXPECT_EQ(comparison->layers[1].key, "#1 SOFTMAX");
    EXPECT_EQ(comparison->unmatched, std::vector<std::string>{"#0 QUANTIZE (us), candidate only"});
}

/// A session of many layers, each of an operator of its own.
Session ofManyLayers(const std::string& name, int32_t count, const std::string& firstOp) {
    Session s = session(name, around(100));
    for (int32_t i = 0; i < count; ++i) {
        const std::string op = i == 0 ? firstOp : "OP" + std::to_string(i);
        s.measurements.push_back(measurement(layerKey(i, op), {10}, i, op));
    }
    return s;
}

TEST(CompareSessions, ManyLayersMeetWithoutATableOfAllPairs) {
    constexpr int32_t kMany = 60'000;
    const auto a = ofManyLayers("a", kMany, "QUANTIZE"), b = ofManyLayers("b", kMany, "CAST");
    const auto other = statistics::compareSessions(a, b);
    ASSERT_EQ(other->layers.size(), size_t{kMany} - 1);
    EXPECT_EQ(other->layers.back().key, layerKey(kMany - 1, "OP59999"));
    EXPECT_EQ(other->unmatched, (std::vector<std::string>{"#0 QUANTIZE (us), baseline only",
                                                          "#0 CAST (us), candidate only"}));
    // A common beginning pairs by index; the rest of the longer one is unmatched.
    auto shorter = a;
    shorter.measurements.pop_back();
    const auto same = statistics::compareSessions(a, shorter);
    EXPECT_EQ(same->layers.size(), size_t{kMany} - 1);
    EXPECT_EQ(same->unmatched.size(), 1u);
}

TEST(CompareSessions, ManyKindsOfLayersMeetTheirLike) {
    auto a = session("a", {10}), b = session("b", {10});
    for (int i = 0; i < 20'000; ++i)
        for (Session* s : {&a, &b}) {
            s->measurements.push_back(
                measurement(layerKey(0, "ADD") + "/" + std::to_string(i), {1.0 * i}, 0, "ADD"));
            s->measurements.back().quantity = Quantity::Count;
        }
    const auto comparison = statistics::compareSessions(a, b);
    ASSERT_EQ(comparison->layers.size(), 20'000u);
    EXPECT_EQ(rowOf(comparison->layers, "#0 ADD/19999").candidate, 19'999);
    EXPECT_TRUE(comparison->unmatched.empty());
}

TEST(CompareSessions, HugeNumbersGetAVerdictOrAReason) {
    const auto larger =
        statistics::compareSessions(session("a", around(1e80)), session("b", around(2e80, 1)));
    EXPECT_TRUE(larger->totals[0].significant);
    EXPECT_NEAR(larger->totals[0].percent, 100, 1);
    const auto ends =
        statistics::compareSessions(session("a", around(-1.7e308)), session("b", around(1.7e308)));
    EXPECT_FALSE(ends->totals[0].significant);
    EXPECT_EQ(ends->totals[0].note, "too large: no interval");
}

TEST(CompareSessions, RefusesWhereNothingIsInCommon) {
    auto a = session("a", around(100)), b = session("b", around(100));
    b.measurements[0].quantity = Quantity::Cycles;
    EXPECT_FALSE(statistics::compareSessions(a, b));
}

TEST(CompareSessions, WarnsOfDriftAndFewSamples) {
    auto rising = around(100);
    for (size_t i = 0; i < rising.size(); ++i)
        rising[i] *= 1 + 0.002 * static_cast<double>(i);
    const auto warnings =
        statistics::compareSessions(session("a", rising), session("b", {1, 2, 3}))->warnings;
    ASSERT_EQ(warnings.size(), 2u);
    EXPECT_NE(warnings[0].find("'a' drifted"), std::string::npos);
    EXPECT_NE(warnings[1].find("'b' has 3 samples only"), std::string::npos);
}

TEST(CompareSessions, ZeroIsComparedWithoutDividing) {
    const auto comparison =
        statistics::compareSessions(session("a", {0, 0, 0}), session("b", {5, 5, 5}));
    EXPECT_TRUE(std::isinf(comparison->totals[0].percent));
    EXPECT_EQ(comparison->totals[0].difference, 5);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/noise_floor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "made_session.h"

namespace {

using namespace types;
using test_statistics::measurement;
using test_statistics::session;

Session onHost(std::string name, double whole, double yardstick) {
    Session s = session(std::move(name), {whole, whole, whole});
    s.conditions.source = MeasurementSource::Host;
    s.measurements.push_back(measurement(kYardstick, {yardstick, yardstick}));
    return s;
}

TEST(NoiseFloor, ABoardAloneHasNone) {
    const auto floor = statistics::noiseFloor(session("a", {1}), session("b", {1}), {});
    EXPECT_EQ(floor.relative, 0);
    EXPECT_TRUE(floor.source.empty());
}

TEST(NoiseFloor, AHostHasSomeAndTheYardstickAddsToIt) {
    const auto quiet = statistics::noiseFloor(onHost("a", 10, 50), onHost("b", 10, 50), {});
    EXPECT_DOUBLE_EQ(quiet.relative, statistics::kHostSpread);
    const auto busy = statistics::noiseFloor(onHost("a", 10, 50), onHost("b", 10, 75), {});
    EXPECT_NEAR(busy.relative, std::hypot(statistics::kHostSpread, std::log(1.5)), 1e-9);
    EXPECT_NE(busy.source.find("40.5 %"), std::string::npos);
}

TEST(NoiseFloor, RepeatsOfTheSameConditionsMeasureIt) {
    std::vector<SessionPtr> repeats;
    for (const double level : {98.0, 100.0, 102.0})
        repeats.push_back(std::make_shared<const Session>(
            session("r" + std::to_string(level), {level, level, level})));
    auto other = session("other", {500});
    other.conditions.clockMhz = 5;
    repeats.push_back(std::make_shared<const Session>(other));
    const auto floor = statistics::noiseFloor(session("a", {100}), session("b", {120}), repeats);
    EXPECT_NEAR(floor.relative, 0.02, 0.0002);
    EXPECT_EQ(floor.freedom, 2);
    EXPECT_EQ(floor.source, "measured between 3 sessions of the same thing");
}

TEST(NoiseFloor, ThePairItselfIsNoRepeat) {
    const auto a = session("a", {100}), b = session("b", {150});
    const std::vector<SessionPtr> repeats = {std::make_shared<const Session>(a),
                                             std::make_shared<const Session>(b)};
    EXPECT_EQ(statistics::noiseFloor(a, b, repeats).relative, 0);
}

}  // namespace

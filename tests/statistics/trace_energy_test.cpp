// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/trace_energy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "made_session.h"

namespace {

using namespace types;
using statistics::IdleBaseline;

/// 2 mW at rest, 10 mW in two windows of 0.2 s with 4 inferences each; 1 kHz from second 5 on.
PowerTrace twoWindows() {
    PowerTrace trace;
    trace.sampleRateHz = 1000;
    trace.beginS = 5;
    trace.powerMw.assign(1000, 2.0f);
    for (const size_t begin : {200, 600})
        std::fill_n(trace.powerMw.begin() + static_cast<std::ptrdiff_t>(begin), 200, 10.0f);
    trace.windows = {{5.2, 5.4, {}, 4}, {5.6, 5.8, {}, 4}};
    return trace;
}

Session withTrace(const PowerTrace& trace) {
    Session session;
    session.traces = {trace};
    return session;
}

TEST(TraceEnergy, IntegratesEachWindow) {
    Session session = withTrace(twoWindows());
    statistics::addTraceEnergy(session, {});
    ASSERT_EQ(session.measurements.size(), 2u);
    const Measurement &energy = session.measurements[0], &power = session.measurements[1];
    EXPECT_EQ(energy.key, kWhole);
    EXPECT_EQ(energy.quantity, Quantity::EnergyUj);
    ASSERT_EQ(energy.samples.size(), 2u);
    EXPECT_NEAR(energy.samples[0], 10 * 200 / 4.0, 1e-6);  // mW x ms / inferences
    EXPECT_NEAR(power.samples[1], 10, 1e-6);
    EXPECT_EQ(energy.note, "idle power included");
    EXPECT_FALSE(energy.estimated);
}

TEST(TraceEnergy, TheIdleBaselineIsAChoiceThatIsTold) {
    Session outside = withTrace(twoWindows());
    statistics::addTraceEnergy(outside, {IdleBaseline::Choice::Outside, 0});
    EXPECT_NEAR(outside.measurements[0].samples[0], 8 * 200 / 4.0, 1e-6);
    EXPECT_EQ(outside.measurements[0].note, "idle power of 2 mW subtracted");
    Session given = withTrace(twoWindows());
    statistics::addTraceEnergy(given, {IdleBaseline::Choice::Given, 4});
    EXPECT_NEAR(given.measurements[0].samples[0], 6 * 200 / 4.0, 1e-6);
}

TEST(TraceEnergy, PartsOfSamplesCount) {
    const PowerTrace trace = twoWindows();
    EXPECT_NEAR(statistics::energyBetween(trace, 5.2005, 5.2010), 10 * 0.5, 1e-6);
    EXPECT_NEAR(statistics::energyBetween(trace, 5.1995, 5.2005), (2 + 10) * 0.5, 1e-6);
    EXPECT_EQ(statistics::energyBetween(trace, 0, 1), 0);
    EXPECT_NEAR(statistics::energyBetween(trace, 0, 100), 2 * 600 + 10 * 400, 1e-6);
}

TEST(TraceEnergy, LayersOfTheMarkerChannelAddUpToTheWhole) {
    PowerTrace trace = twoWindows();
    trace.windows = {{5.2, 5.4, {}, 1}, {5.2, 5.25, 0, 1}, {5.25, 5.4, 1, 1}};
    Session session = withTrace(trace);
    session.measurements.push_back(test_statistics::measurement("#1 CONV_2D", {7}, 1, "CONV_2D"));
    statistics::addTraceEnergy(session, {});
    double whole = 0, layers = 0;
    for (const Measurement& m : session.measurements) {
        if (m.quantity != Quantity::EnergyUj) continue;
        (m.layer ? layers : whole) += m.samples[0];
        EXPECT_TRUE(m.layer != 1 || m.key == "#1 CONV_2D");
    }
    EXPECT_NEAR(layers, whole, 1e-6);
    EXPECT_NEAR(whole, 2000, 1e-6);
}

TEST(TraceEnergy, WhatWasMeasuredStays) {
    Session session = withTrace(twoWindows());
    session.measurements.push_back(test_statistics::measurement(kWhole, {42}));
    session.measurements[0].quantity = Quantity::EnergyUj;
    statistics::addTraceEnergy(session, {});
    EXPECT_EQ(session.measurements[0].samples, std::vector<double>{42});
    EXPECT_EQ(session.measurements.size(), 2u);  // the power is new
    EXPECT_FALSE(statistics::idlePowerMw(PowerTrace{}));
}

TEST(TraceEnergy, WindowsWithoutAFinitePowerGiveNoSample) {
    PowerTrace trace = twoWindows();
    trace.powerMw[250] = std::numeric_limits<float>::infinity();
    trace.powerMw[700] = std::numeric_limits<float>::quiet_NaN();
    Session none = withTrace(trace);
    statistics::addTraceEnergy(none, {});
    EXPECT_TRUE(none.measurements.empty());
    trace.powerMw[700] = 10;
    Session one = withTrace(trace);
    statistics::addTraceEnergy(one, {});
    ASSERT_EQ(one.measurements.size(), 2u);
    ASSERT_EQ(one.measurements[0].samples.size(), 1u);
    EXPECT_NEAR(one.measurements[0].samples[0], 10 * 200 / 4.0, 1e-6);
}

TEST(TraceEnergy, TimesAndRatesThatAreNoNumberGiveNothing) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double rate : {kInfinity, std::nan(""), 0.0, -1.0}) {
        PowerTrace trace = twoWindows();
        trace.sampleRateHz = rate;
        EXPECT_EQ(statistics::energyBetween(trace, 5, 5.5), 0);
        EXPECT_EQ(statistics::energyBetween(trace, 0, 5.5), 0);
        EXPECT_FALSE(statistics::idlePowerMw(trace));
    }
    PowerTrace trace = twoWindows();
    trace.windows = {{std::nan(""), 5.4, {}, 1}, {-kInfinity, kInfinity, {}, 1}};
    Session session = withTrace(trace);
    statistics::addTraceEnergy(session, {});
    EXPECT_TRUE(session.measurements.empty());
}

TEST(TraceEnergy, PowerTimesTimeIsMarkedAsEstimated) {
    Session session = test_statistics::session("a", {2000}, {{500}});
    statistics::addEstimatedEnergy(session, 12.5, "data sheet");
    ASSERT_EQ(session.measurements.size(), 4u);
    const Measurement& whole = session.measurements[2];
    EXPECT_TRUE(whole.estimated);
    EXPECT_NEAR(whole.samples[0], 25, 1e-9);  // 12.5 mW x 2 ms
    EXPECT_EQ(whole.note, "power x time, 12.5 mW (data sheet)");
    EXPECT_EQ(session.measurements[3].layer, 0);
}

}  // namespace

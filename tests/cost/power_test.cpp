// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/power.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cost/fit/power_fit.h"

namespace {

types::DeviceProfile powerBoard() {
    types::DeviceProfile device;
    device.activePowerMw = 40;
    device.activePowerRelativeError = 0.1;
    device.power = {{"CONV_2D", "int8", 50, 0.02, "test"}, {"ADD", "*", 30, 0.03, "test"}};
    return device;
}

TEST(Power, OperatorsHaveTheirOwnWhereItIsKnown) {
    cost::Workload w;
    w.kind = types::OpKind::CONV_2D;
    EXPECT_EQ(cost::PowerTable(powerBoard()).of(w).milliwatts, 50);
    w.type = w.weightType = types::DataType::Float32;
    EXPECT_EQ(cost::PowerTable(powerBoard()).of(w).milliwatts, 40);
    w.kind = types::OpKind::ADD;
    EXPECT_EQ(cost::PowerTable(powerBoard()).of(w).milliwatts, 30);
    w.kind = types::OpKind::SOFTMAX;
    EXPECT_EQ(cost::PowerTable(powerBoard()).of(w).relativeError, 0.1);
}

TEST(Power, ClassesGoBeforeOperators) {
    auto device = powerBoard();
    device.power.push_back({"CONV_2D/1x1", "int8", 60, 0.02, "test"});
    cost::Workload w;
    w.kind = types::OpKind::CONV_2D;
    w.inChannels = 8;
    EXPECT_EQ(cost::PowerTable(device).of(w).milliwatts, 60);
    w.kernelHeight = 3;
    EXPECT_EQ(cost::PowerTable(device).of(w).milliwatts, 50);
}

TEST(PowerFit, EachClassHasTheMedianOfItsLayers) {
    cost::Workload pointwise, wide, add;
    pointwise.kind = wide.kind = types::OpKind::CONV_2D;
    pointwise.inChannels = wide.inChannels = 8;
    wide.kernelHeight = 3;
    const auto traced = [](const cost::Workload& w, double milliwatts) {
        return cost::Observation{w, 1, 1, "", milliwatts};
    };
    const auto rows =
        cost::fitPower({traced(pointwise, 50), traced(pointwise, 51), traced(pointwise, 90),
                        traced(wide, 30), traced(wide, 0), traced(add, 20)},
                       "test");
    ASSERT_EQ(rows.size(), 4u);
    const auto row = [&](const std::string& op) {
        return *std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.op == op; });
    };
    EXPECT_EQ(row("CONV_2D/1x1").milliwatts, 51);
    EXPECT_EQ(row("CONV_2D/kxk").milliwatts, 30);
    EXPECT_EQ(row("CONV_2D/kxk").relativeError, cost::kSinglePowerBand);
    EXPECT_EQ(row("CONV_2D").milliwatts, 50.5);
    EXPECT_EQ(row("ADD").source, "test, 1 layer");
    EXPECT_GT(row("CONV_2D/1x1").relativeError, 0.2);
}

const types::Estimate kLatency{100e3, 90e3, 110e3}, kEnergy{5000, 4000, 6000};

TEST(DutyCost, AveragesWorkAndSleep) {
    // 100 ms at 50 mW, then 900 ms at 1 mW: 5.9 mJ a second.
    const auto cost = cost::dutyCost({1000, 1, 590}, {}, kLatency, kEnergy);
    EXPECT_DOUBLE_EQ(cost.averagePowerMw->value, 5.9);
    EXPECT_DOUBLE_EQ(cost.averagePowerMw->low, 4.9);
    EXPECT_DOUBLE_EQ(cost.periodShare->value, 0.1);
    EXPECT_DOUBLE_EQ(cost.batteryHours->value, 100);
    EXPECT_DOUBLE_EQ(cost.batteryHours->low, 590 / 6.9);
    EXPECT_TRUE(cost.keepsUp());
}

TEST(DutyCost, SaysWhenInferencesOverrunTheirPeriod) {
    const auto cost = cost::dutyCost({50, 1, 0}, {}, kLatency, kEnergy);
    EXPECT_FALSE(cost.keepsUp());
    EXPECT_DOUBLE_EQ(cost.averagePowerMw->value, 50);
    EXPECT_FALSE(cost.batteryHours);
    EXPECT_TRUE(cost::dutyCost({105, 1, 0}, {}, kLatency, kEnergy).mayFallBehind());
    EXPECT_FALSE(cost::dutyCost({111, 1, 0}, {}, kLatency, kEnergy).mayFallBehind());
}

TEST(DutyCost, TakesTheSleepPowerOfTheBoardWhereNoneIsGiven) {
    types::DeviceProfile device;
    device.sleepPowerMw = 1;
    const auto cost = cost::dutyCost({1000, 0, 590}, device, kLatency, kEnergy);
    EXPECT_EQ(cost.cycle.sleepPowerMw, 1);
    EXPECT_DOUBLE_EQ(cost.averagePowerMw->value, 5.9);
    EXPECT_EQ(cost::dutyCost({1000, 2, 590}, device, kLatency, kEnergy).cycle.sleepPowerMw, 2);
}

TEST(DutyCost, KnowsNoMoreThanItIsTold) {
    const auto timed = cost::dutyCost({1000, 1, 590}, {}, kLatency, std::nullopt);
    EXPECT_DOUBLE_EQ(timed.periodShare->value, 0.1);
    EXPECT_FALSE(timed.averagePowerMw || timed.batteryHours);
    EXPECT_FALSE(cost::dutyCost({1000, 1, 590}, {}, std::nullopt, kEnergy).periodShare);
    EXPECT_FALSE(cost::dutyCost({0, 1, 590}, {}, kLatency, kEnergy).periodShare);
}

}  // namespace

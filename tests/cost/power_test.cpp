// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/power.h"

#include <gtest/gtest.h>

namespace {

types::DeviceProfile board() {
    types::DeviceProfile device;
    device.activePowerMw = 40;
    device.activePowerRelativeError = 0.1;
    device.power = {{"CONV_2D", "int8", 50, 0.02, "test"}, {"ADD", "*", 30, 0.03, "test"}};
    return device;
}

TEST(Power, OperatorsHaveTheirOwnWhereItIsKnown) {
    cost::Workload w;
    w.kind = types::OpKind::CONV_2D;
    EXPECT_EQ(cost::powerOf(board(), w).milliwatts, 50);
    w.type = w.weightType = types::DataType::Float32;
    EXPECT_EQ(cost::powerOf(board(), w).milliwatts, 40);
    w.kind = types::OpKind::ADD;
    EXPECT_EQ(cost::powerOf(board(), w).milliwatts, 30);
    w.kind = types::OpKind::SOFTMAX;
    EXPECT_EQ(cost::powerOf(board(), w).relativeError, 0.1);
}

TEST(DutyCost, AveragesWorkAndSleep) {
    // 100 ms at 50 mW, then 900 ms at 1 mW: 5.9 mJ a second.
    const auto cost = cost::dutyCost({1000, 1, 590}, 100e3, 5000);
    EXPECT_DOUBLE_EQ(cost.averagePowerMw, 5.9);
    EXPECT_DOUBLE_EQ(cost.activeShare, 0.1);
    EXPECT_DOUBLE_EQ(cost.batteryHours, 100);
    EXPECT_TRUE(cost.keepsUp);
}

TEST(DutyCost, SaysWhenInferencesOverrunTheirPeriod) {
    const auto cost = cost::dutyCost({50, 1, 0}, 100e3, 5000);
    EXPECT_FALSE(cost.keepsUp);
    EXPECT_DOUBLE_EQ(cost.averagePowerMw, 50);
    EXPECT_EQ(cost.batteryHours, 0);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/predict.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using types::DataType;
using types::OpKind;

types::Tensor tensor(types::Shape shape, DataType type = DataType::Int8) {
    types::Tensor t;
    t.type = type;
    t.shape = std::move(shape);
    return t;
}

/// A convolution of `channels` channels to 8 over 4x4 pixels with a square filter.
types::Graph convolution(int32_t channels, int32_t filter, DataType type = DataType::Int8) {
    types::Graph graph;
    graph.buffers.resize(1);
    graph.tensors = {tensor({1, 4, 4, channels}, type), tensor({8, filter, filter, channels}, type),
                     tensor({1, 4, 4, 8}, type)};
    types::Op op;
    op.kind = OpKind::CONV_2D;
    op.inputs = {0, 1};
    op.outputs = {2};
    op.options = types::WindowOptions{};
    graph.ops = {op};
    graph.inputs = {0};
    graph.outputs = {2};
    return graph;
}

types::KernelCost row(std::string kernel, std::string dtype, double perCall) {
    types::KernelCost r;
    r.kernel = std::move(kernel);
    r.dtype = std::move(dtype);
    r.terms = {{"call", perCall}};
    r.relativeError = 0.25;
    r.source = "test";
    return r;
}

types::DeviceProfile predictBoard(std::vector<types::KernelCost> rows) {
    types::DeviceProfile device;
    device.id = "board";
    device.clockMhz = 100;
    device.activePowerMw = 50;
    device.activePowerRelativeError = 0.1;
    device.kernels = std::move(rows);
    return device;
}

std::vector<cost::OpPrediction> predictOps(const types::Graph& graph,
                                           const types::DeviceProfile& device) {
    return cost::Predictor(std::make_shared<const types::DeviceProfile>(device)).predict(graph).ops;
}

double cycles(const types::Graph& graph, const types::DeviceProfile& device) {
    const auto prediction = predictOps(graph, device).at(0);
    return prediction.latencyUs ? prediction.latencyUs->value * device.clockMhz : -1;
}

TEST(Predict, AddsUpTheRow) {
    types::KernelCost r = row("CONV_2D/1x1", "int8", 1000);
    r.terms = {{"call", 1000}, {"mac", 2}, {"output", 10}, {"input", 3}};
    const auto graph = convolution(16, 1);
    const double expected = 1000 + 2.0 * (16 * 16 * 8) + 10.0 * (16 * 8) + 3.0 * (16 * 16);
    EXPECT_DOUBLE_EQ(cycles(graph, predictBoard({r})), expected);
}

TEST(Predict, PrefersTheNarrowestRow) {
    const auto graph = convolution(16, 1);
    auto any = row("*", "*", 1), anyInt8 = row("*", "int8", 2), op = row("CONV_2D", "*", 3),
         opInt8 = row("CONV_2D", "int8", 4), narrow = row("CONV_2D/1x1", "*", 5),
         narrowInt8 = row("CONV_2D/1x1", "int8", 6);
    EXPECT_EQ(cycles(graph, predictBoard({any, anyInt8, op, opInt8, narrow, narrowInt8})), 6);
    EXPECT_EQ(cycles(graph, predictBoard({any, anyInt8, op, opInt8, narrow})), 5);
    EXPECT_EQ(cycles(graph, predictBoard({any, anyInt8, op, opInt8})), 4);
    EXPECT_EQ(cycles(graph, predictBoard({any, anyInt8, op})), 3);
    EXPECT_EQ(cycles(graph, predictBoard({any, anyInt8})), 2);
    EXPECT_EQ(cycles(graph, predictBoard({any, row("CONV_2D/1x1", "float32", 7)})), 1);
}

TEST(Predict, TakesTheRowOfTheInputType) {
    const auto device = predictBoard({row("CONV_2D", "int8", 1), row("CONV_2D", "float32", 2)});
    EXPECT_EQ(cycles(convolution(16, 1, DataType::Int8), device), 1);
    EXPECT_EQ(cycles(convolution(16, 1, DataType::Float32), device), 2);
    types::Graph fourBit = convolution(16, 1);
    fourBit.tensors[1].type = DataType::Int4;
    EXPECT_EQ(cycles(fourBit, device), -1);
}

TEST(Predict, BandsAndEnergyFollowTheErrors) {
    const auto p = predictOps(convolution(16, 1), predictBoard({row("*", "*", 1000)})).at(0);
    ASSERT_TRUE(p.latencyUs && p.energyUj);
    EXPECT_DOUBLE_EQ(p.latencyUs->value, 10);
    EXPECT_DOUBLE_EQ(p.latencyUs->low, 7.5);
    EXPECT_DOUBLE_EQ(p.latencyUs->high, 12.5);
    EXPECT_DOUBLE_EQ(p.energyUj->value, 0.5);
    EXPECT_DOUBLE_EQ(p.energyUj->high, 0.5 * (1 + std::hypot(0.25, 0.1)));
    EXPECT_EQ(p.source, "CONV_2D/1x1 int8: test");
}

TEST(Predict, UnknownPowerLeavesEnergyOut) {
    auto device = predictBoard({row("*", "*", 1000)});
    device.activePowerMw = 0;
    const auto p = predictOps(convolution(16, 1), device).at(0);
    EXPECT_TRUE(p.latencyUs);
    EXPECT_FALSE(p.energyUj);
}

TEST(Predict, SaysWhyThereIsNoFigure) {
    types::Graph custom = convolution(16, 1);
    custom.ops[0].kind = OpKind::CUSTOM;
    custom.ops[0].customCode = "Magic";
    auto p = predictOps(custom, predictBoard({row("*", "*", 1)})).at(0);
    EXPECT_FALSE(p.latencyUs);
    EXPECT_NE(p.source.find("custom operator"), std::string::npos);
    p = predictOps(convolution(16, 1), predictBoard({row("ADD", "int8", 1)})).at(0);
    EXPECT_FALSE(p.latencyUs);
    EXPECT_EQ(p.source, "no figure: board has no row for CONV_2D/1x1 int8");
}

TEST(Predict, ABoardWithoutPublishedLayersSaysSoInsteadOfZero) {
    types::DeviceProfile device = predictBoard({});
    device.name = "BOARD";
    const auto known = std::make_shared<const types::DeviceProfile>(device);
    const auto result = cost::Predictor(known).predict(convolution(8, 3));
    EXPECT_FALSE(result.latencyUs);
    EXPECT_FALSE(result.energyUj);
    EXPECT_EQ(result.ops[0].source, "no figure: no published layers of BOARD; measure ten");
    EXPECT_EQ(result.latencyGap, "#0 CONV_2D: " + result.ops[0].source);
    EXPECT_EQ(result.energyGap, result.latencyGap);
}

TEST(Predict, AMissingPowerIsTheReasonOfAMissingEnergy) {
    types::DeviceProfile device = predictBoard({row("*", "*", 100)});
    device.name = "BOARD";
    device.activePowerMw = 0;
    const auto known = std::make_shared<const types::DeviceProfile>(device);
    const auto result = cost::Predictor(known).predict(convolution(8, 3));
    EXPECT_TRUE(result.latencyUs);
    EXPECT_EQ(result.latencyGap, "");
    EXPECT_EQ(result.energyGap, "no power figure in the profile of BOARD");
}

}  // namespace

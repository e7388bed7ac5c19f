// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/board_search.h"

#include <gtest/gtest.h>

#include "cost/fit/session_observations.h"

namespace {

types::Graph oneDenseLayer() {
    types::Graph graph;
    graph.buffers.resize(1);
    const auto tensor = [](types::Shape shape) {
        types::Tensor t;
        t.type = types::DataType::Int8;
        t.shape = std::move(shape);
        return t;
    };
    graph.tensors = {tensor({1, 100}), tensor({10, 100}), tensor({1, 10})};
    types::Op op;
    op.kind = types::OpKind::FULLY_CONNECTED;
    op.inputs = {0, 1};
    op.outputs = {2};
    graph.ops = {op};
    return graph;
}

types::DevicePtr board(const char* id, double clockMhz, int64_t flash, int64_t sram) {
    auto device = std::make_shared<types::DeviceProfile>();
    device->id = id;
    device->clockMhz = clockMhz;
    device->flashBytes = flash;
    device->sramBytes = sram;
    types::KernelCost row;
    row.kernel = row.dtype = "*";
    row.terms = {{"mac", 2}};
    row.relativeError = 0.1;
    device->kernels = {row};
    return device;
}

TEST(BoardSearch, ThoseThatFitComeFirstTheFastestFirst) {
    const auto need = [](const types::DeviceProfile& device) {
        return cost::MemoryBudgets{cost::flashBudget(2000, device),
                                   cost::sramBudget({500, 300}, device)};
    };
    const auto matches =
        cost::matchBoards(oneDenseLayer(), need,
                          {board("tiny", 400, 1500, 700), board("slow", 50, 4000, 1000),
                           board("fast", 200, 4000, 900), board("nearly", 400, 1990, 1000)});
    ASSERT_EQ(matches.size(), 4u);
    EXPECT_EQ(matches[0].device->id, "fast");
    EXPECT_EQ(matches[1].device->id, "slow");
    EXPECT_EQ(matches[2].device->id, "nearly");
    EXPECT_EQ(matches[3].device->id, "tiny");
    EXPECT_TRUE(matches[1].fits());
    EXPECT_EQ(matches[2].flashExcess(), 10);
    EXPECT_EQ(matches[3].sramExcess(), 100);
    ASSERT_TRUE(matches[0].latencyUs);
    EXPECT_DOUBLE_EQ(matches[0].latencyUs->value, 10);
}

types::Session sessionWith(std::vector<types::Measurement> measurements) {
    types::Session session;
    session.name = "run 1";
    session.conditions.clockMhz = 80;
    session.measurements = std::move(measurements);
    return session;
}

types::Measurement layerZero(types::Quantity quantity, std::vector<double> samples) {
    types::Measurement m;
    m.key = "#0 FULLY_CONNECTED";
    m.layer = 0;
    m.op = "FULLY_CONNECTED";
    m.quantity = quantity;
    m.samples = std::move(samples);
    return m;
}

TEST(SessionObservations, LayersBecomeCycles) {
    const auto us = cost::observationsOf(
        sessionWith({layerZero(types::Quantity::LatencyUs, {30, 10, 20})}), oneDenseLayer());
    ASSERT_TRUE(us);
    ASSERT_EQ(us->size(), 1u);
    EXPECT_EQ((*us)[0].cycles, 1600);
    EXPECT_EQ((*us)[0].workload.macs, 1000);
    const auto both =
        cost::observationsOf(sessionWith({layerZero(types::Quantity::LatencyUs, {20}),
                                          layerZero(types::Quantity::Cycles, {1500, 1700})}),
                             oneDenseLayer());
    ASSERT_TRUE(both);
    EXPECT_EQ((*both)[0].cycles, 1600);
}

TEST(SessionObservations, PowerComesAlong) {
    using types::Quantity;
    const auto latency = layerZero(Quantity::LatencyUs, {20});
    const auto powerOf = [](std::vector<types::Measurement> measurements) {
        const auto layers =
            cost::observationsOf(sessionWith(std::move(measurements)), oneDenseLayer());
        return layers && layers->size() == 1 ? (*layers)[0].milliwatts : -1;
    };
    EXPECT_EQ(powerOf({latency}), 0);
    EXPECT_EQ(powerOf({latency, layerZero(Quantity::EnergyUj, {0.8, 0.7, 1.1})}), 40);
    EXPECT_EQ(powerOf({latency, layerZero(Quantity::PowerMw, {41})}), 41);
}

TEST(SessionObservations, NumbersThatAreNoCostAreLeftOut) {
    using types::Quantity;
    // Times the clock, the first is more than a double holds.
    for (const double us : {1e308, 1e-310, 0.0, -1.0}) {
        const auto layers = cost::observationsOf(
            sessionWith({layerZero(Quantity::LatencyUs, {us})}), oneDenseLayer());
        ASSERT_TRUE(layers);
        EXPECT_TRUE(layers->empty()) << us;
    }
    const auto power = cost::observationsOf(sessionWith({layerZero(Quantity::LatencyUs, {1e-3}),
                                                         layerZero(Quantity::EnergyUj, {1e308})}),
                                            oneDenseLayer());
    ASSERT_EQ(power->size(), 1u);
    EXPECT_EQ((*power)[0].milliwatts, 0);
}

TEST(SessionObservations, AnotherModelIsRefused) {
    auto other = layerZero(types::Quantity::Cycles, {1500});
    other.op = "CONV_2D";
    EXPECT_FALSE(cost::observationsOf(sessionWith({other}), oneDenseLayer()));
    other = layerZero(types::Quantity::Cycles, {1500});
    other.layer = 7;
    EXPECT_FALSE(cost::observationsOf(sessionWith({other}), oneDenseLayer()));
}

}  // namespace

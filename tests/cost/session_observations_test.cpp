// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/session_observations.h"

#include <gtest/gtest.h>

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
    // Times the clock, the first exceeds the range of a double.
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

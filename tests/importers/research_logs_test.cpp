// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of published toolchains: Heim 2021, MicroNAS 2023.

#include "importers/parts/layer_shape.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using ResearchLogSamples = std::vector<double>;

// The second report is cut off by a restart.
TEST(HeimUart, LayersGatherAndWholeReportsCount) {
    const auto session = readSample("heim_uart.txt");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks),
              (ResearchLogSamples{13001, 13011, 13021}));
    ASSERT_EQ(session.outputs.size(), 1u);
    EXPECT_EQ(session.outputs[0].values[0], 0x1.99999ap-4);
    EXPECT_TRUE(hasWarning(session, "microseconds or cycles"));
}

TEST(Micronas, RecordsOfOneShapeAreSamplesOfOneLayer) {
    const auto session = readSample("micronas_records.json");
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_EQ(session.conditions.kernels, "CMSIS");
    const auto layer =
        find(session, "CONV_2D 1x16x8x1 1x8x8x4 3x1 2x1 same relu", Quantity::Cycles);
    EXPECT_EQ(layer.samples, (ResearchLogSamples{40000, 40080}));
    const LayerShape shape = layerShapeOf(layer);
    EXPECT_EQ(shape.op, "CONV_2D");
    EXPECT_EQ(shape.input, (types::Shape{1, 16, 8, 1}));
    EXPECT_EQ(shape.output, (types::Shape{1, 8, 8, 4}));
    EXPECT_EQ(shape.kernelHeight, 3);
    EXPECT_EQ(shape.kernelWidth, 1);
    EXPECT_EQ(shape.strideHeight, 2);
    EXPECT_EQ(shape.padding, "same");
}

}  // namespace
}  // namespace importers

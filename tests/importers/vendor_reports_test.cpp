// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of ST's tools and of Vela.

#include "importers/parts/layer_shape.h"
#include "importers/parts/session_builder.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using VendorReportSamples = std::vector<double>;

// An activation is a row of its own below its layer; both are the layer's.
TEST(StReport, ReadsTheGenerationOfEdgeAiCore) {
    const auto session = readSample("st_report_core.txt");
    EXPECT_EQ(session.conditions.modelName, "tiny.tflite");
    EXPECT_EQ(samplesOf(session, "macc", Quantity::Count), (VendorReportSamples{12545}));
    EXPECT_EQ(samplesOf(session, "weights", Quantity::Bytes), (VendorReportSamples{1412}));
    EXPECT_EQ(samplesOf(session, "activations", Quantity::Bytes), (VendorReportSamples{2116}));
    const auto conv = find(session, "#0 CONV_2D", Quantity::Count);
    EXPECT_EQ(conv.samples, (VendorReportSamples{12400}));
    EXPECT_TRUE(conv.estimated);
    EXPECT_EQ(layerShapeOf(conv).output, (types::Shape{1, 28, 1, 8}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Bytes), (VendorReportSamples{1280}));
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Count), (VendorReportSamples{99}));
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::Count), (VendorReportSamples{46}));
}

TEST(StReport, ReadsTheGenerationOfXCubeAi) {
    const auto session = readSample("st_report_cube.txt");
    EXPECT_EQ(session.conditions.modelName, "tiny.h5");
    EXPECT_EQ(samplesOf(session, "ram", Quantity::Bytes), (VendorReportSamples{1104}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Count), (VendorReportSamples{4608}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Bytes), (VendorReportSamples{640}));
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Count), (VendorReportSamples{52}));
}

TEST(StReport, JsonHoldsTheSame) {
    const auto session = readSample("st_report.json");
    EXPECT_EQ(samplesOf(session, "macc", Quantity::Count), (VendorReportSamples{11499}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Count), (VendorReportSamples{11400}));
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Bytes), (VendorReportSamples{36}));
}

TEST(StReport, InfoHoldsTimesAndLifetimesOfBuffers) {
    const auto session = readSample("st_info.json");
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Cycles), (VendorReportSamples{22800}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::LatencyUs), (VendorReportSamples{285}));
    const auto buffer = find(session, "buffer/conv2d_0_output_array", Quantity::Bytes);
    EXPECT_EQ(buffer.samples, (VendorReportSamples{224}));
    EXPECT_EQ(noteValue(buffer.note, "first_epoch"), "4");
    EXPECT_EQ(noteValue(buffer.note, "last_epoch"), "9");
    EXPECT_EQ(noteValue(buffer.note, "offset"), "2000");
    EXPECT_EQ(noteValue(buffer.note, "kind"), "activation");
}

TEST(Vela, SummaryIsInKibibytesAndSeconds) {
    const auto session = readSample("vela_summary.csv");
    EXPECT_EQ(session.conditions.clockMhz, 500);
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (VendorReportSamples{2000}));
    EXPECT_EQ(samplesOf(session, "memory/SRAM", Quantity::Bytes),
              (VendorReportSamples{24.5 * 1024}));
    EXPECT_TRUE(find(session, types::kWhole, Quantity::Cycles).estimated);
    EXPECT_TRUE(hasWarning(session, "estimates"));
}

TEST(Vela, LayersCarryCyclesAndMacs) {
    const auto session = readSample("vela_layers.csv");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Cycles), (VendorReportSamples{7312}));
    EXPECT_EQ(samplesOf(session, "#1 MAX_POOL_2D", Quantity::Count), (VendorReportSamples{6912}));
    EXPECT_EQ(noteValue(find(session, "#1 MAX_POOL_2D", Quantity::Bytes).note, "name"), "seq/pool");
}

}  // namespace
}  // namespace importers

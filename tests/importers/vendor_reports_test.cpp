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
    EXPECT_EQ(samplesOf(session, "weights", Quantity::Bytes), (VendorReportSamples{1304}));
    EXPECT_EQ(samplesOf(session, "activations", Quantity::Bytes), (VendorReportSamples{2116}));
    const auto conv = find(session, "#0 CONV_2D", Quantity::Count);
    EXPECT_EQ(conv.samples, (VendorReportSamples{12400}));
    EXPECT_TRUE(conv.estimated);
    EXPECT_EQ(layerShapeOf(conv).output, (types::Shape{1, 28, 1, 8}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Bytes), (VendorReportSamples{1280}));
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Count), (VendorReportSamples{99}));
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::Count), (VendorReportSamples{46}));
}

// The weights of a layer may stand in rows of constants above it.
TEST(StReport, ConstantsBelongToTheirLayer) {
    const auto session = readSample("st_report_core.txt");
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Bytes), (VendorReportSamples{24}));
    EXPECT_FALSE(hasWarning(session, "the layers sum to"));
}

TEST(StReport, ALayerMayHaveSeveralOutputs) {
    const auto session = readSample("st_report_two_outputs.txt");
    const auto layer = find(session, "#1 GRU", Quantity::Count);
    EXPECT_EQ(layer.samples, (VendorReportSamples{1000}));
    EXPECT_EQ(layerShapeOf(layer).output, (types::Shape{1, 5, 1, 8}));
    EXPECT_EQ(samplesOf(session, "#1 GRU", Quantity::Bytes), (VendorReportSamples{1120}));
    EXPECT_TRUE(hasWarning(session,
                           "the layers sum to 1156 bytes of weights, the report's total "
                           "is 1160: 4 belong to no layer"));
    EXPECT_FALSE(hasWarning(session, "MACC, the report's"));
}

TEST(StReport, ALayerThatIsMissingShowsInTheSums) {
    std::string text = textOfSample("st_report_two_outputs.txt");
    text.erase(text.find("1      gru_out"),
               text.find("2      output") - text.find("1      gru_out"));
    EXPECT_TRUE(
        hasWarning(readText(text), "the layers sum to 33 MACC, the report's total is 1033"));
}

TEST(StReport, JsonCountsTheBytesThatTheToolKept) {
    std::string text = textOfSample("st_report.json");
    text.replace(text.find("\"psize\": 1280"), 13, "\"psize\": 1280, \"rom_size\": 640");
    const auto session = readText(text);
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Bytes), (VendorReportSamples{640}));
    EXPECT_TRUE(hasWarning(session, "the layers sum to 640 bytes of weights"));
}

// The tool of 2019, with an activation of its own row in layer 1 of the newer sample.
TEST(StValidation, ReadsTimesOfTheModelAndItsLayers) {
    const auto session = readSample("st_validation_inspector.txt");
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Board);
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (VendorReportSamples{1250}));
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles), (VendorReportSamples{100000}));
    const auto layer = find(session, "#0 Merged Conv2d / Pool", Quantity::LatencyUs);
    EXPECT_EQ(layer.samples, (VendorReportSamples{1200}));
    EXPECT_EQ(layerShapeOf(layer).output, (types::Shape{4, 4, 8}));
    EXPECT_EQ(samplesOf(session, "#2 FULLY_CONNECTED", Quantity::LatencyUs),
              (VendorReportSamples{50}));
    EXPECT_FALSE(hasWarning(session, "the layers sum to"));
}

TEST(StValidation, ReadsTheProfileOfEdgeAiCore) {
    const auto session = readSample("st_validation_core.txt");
    EXPECT_EQ(session.conditions.clockMhz, 480);
    EXPECT_EQ(session.conditions.modelName, "tiny.tflite");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (VendorReportSamples{581}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::LatencyUs), (VendorReportSamples{402}));
    EXPECT_NEAR(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::LatencyUs).at(0), 170, 1e-9);
    EXPECT_FALSE(hasWarning(session, "the layers sum to"));
}

TEST(StValidation, EveryRunOfALoopIsASample) {
    const std::string run =
        "Results for \"net\", 16 inferences @80MHz/80MHz (complexity: 99 MACC)\n"
        " duration     : 2.5 ms (average)\n CPU cycles   : 200000 -34/+45 (average,-/+)\n";
    const auto session = readText(run + run);
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs),
              (VendorReportSamples{2500, 2500}));
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles),
              (VendorReportSamples{200000, 200000}));
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

TEST(StReport, ReadsTheOldestGeneration) {
    const auto session = readSample("st_report_oldest.txt");
    // The activation behind the convolution belongs to it.
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Count), std::vector<double>{125928});
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Bytes), std::vector<double>{624});
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED", Quantity::Bytes), std::vector<double>{80});
    EXPECT_FALSE(hasWarning(session, "sum to"));
}

TEST(StReport, AReportWithoutLayersSaysSo) {
    const auto session = readText(
        "ST Edge AI Core v2.0\nExec/report summary (analyze)\nmacc  : 12,960\n"
        "weights (ro)  : 2,704 B\n");
    EXPECT_EQ(samplesOf(session, "macc", Quantity::Count), std::vector<double>{12960});
    EXPECT_TRUE(hasWarning(session, "names no layers"));
}

TEST(StValidation, EpochsOfAnAcceleratorAreNoLayersOfTheModel) {
    const auto session = readSample("st_validation_epochs.txt");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), std::vector<double>{1205432});
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles), std::vector<double>{1700000});
    EXPECT_EQ(samplesOf(session, "section/0 epoch", Quantity::LatencyUs),
              std::vector<double>{1203100});
    EXPECT_FALSE(hasWarning(session, "sum to"));
    for (const auto& measurement : session.measurements)
        EXPECT_FALSE(measurement.layer);
}

TEST(StValidation, ATableOfLayersAloneIsRead) {
    const auto session = readSample("st_validation_nodes.txt");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), std::vector<double>{25000});
    EXPECT_EQ(samplesOf(session, "#2 CONV_2D", Quantity::LatencyUs), std::vector<double>{19000});
    EXPECT_EQ(samplesOf(session, "#14 FULLY_CONNECTED", Quantity::LatencyUs),
              std::vector<double>{400});
    EXPECT_FALSE(hasWarning(session, "sum to"));
}

}  // namespace
}  // namespace importers

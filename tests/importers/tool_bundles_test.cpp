// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles, tables and lines of further tools: hpx, neuralSPOT, ExecuTorch, Zephyr, Otii.

#include "importers/parts/session_builder.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using ToolSamples = std::vector<double>;

TEST(NeuralSpot, LogCsvMayHaveMoreColumns) {
    const auto session = readSample("tflm_profiler_neuralspot.txt");
    const auto conv = find(session, "#0 CONV_2D", Quantity::LatencyUs);
    EXPECT_EQ(conv.samples, (ToolSamples{4779}));
    EXPECT_EQ(noteValue(conv.note, "estimated_macs"), "32000");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Cycles), (ToolSamples{917638}));
    // The tool cuts names to twelve characters.
    EXPECT_EQ(samplesOf(session, "#1 DEPTHWISE_CONV_2D", Quantity::Cycles), (ToolSamples{230400}));
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::LatencyUs), (ToolSamples{85}));
}

TEST(HpxBundle, TheFilesOfAFolderAreOneSession) {
    const auto session = readSample("hpx_bundle");
    EXPECT_EQ(session.conditions.board, "apollo510_evb");
    EXPECT_EQ(session.conditions.core, "Cortex-M55");
    EXPECT_EQ(session.conditions.clockMhz, 96);
    EXPECT_EQ(session.conditions.runtime, "TFLM");
    EXPECT_EQ(session.conditions.kernels, "cmsis_nn");
    EXPECT_EQ(session.conditions.modelName, "tiny.tflite");
    EXPECT_EQ(session.conditions.modelHash.size(), 64u);
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles), (ToolSamples{4500}));
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Cycles), (ToolSamples{3400}));
    EXPECT_EQ(samplesOf(session, "#1 FULLY_CONNECTED/ARM_PMU_INST_RETIRED", Quantity::Count),
              (ToolSamples{700.5}));
    EXPECT_EQ(samplesOf(session, "arena/used", Quantity::Bytes), (ToolSamples{5120}));
    EXPECT_TRUE(hasWarning(session, "a counter overflowed in 1 of the layers"));
}

TEST(HpxBundle, ItsTableAloneIsRead) {
    const auto session = readText(textOfSample("hpx_bundle/profile_results.csv"));
    EXPECT_EQ(session.format, "hpx-bundle");
    EXPECT_EQ(samplesOf(session, "#2 SOFTMAX", Quantity::Cycles), (ToolSamples{200}));
}

TEST(ExecutorchInspector, ReadsAPrintedGrid) {
    const auto session = readSample("executorch_inspector_grid.txt");
    EXPECT_EQ(session.conditions.runtime, "ExecuTorch");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (ToolSamples{1610}));
    EXPECT_EQ(samplesOf(session, "#0 quantized_conv2d", Quantity::LatencyUs), (ToolSamples{1250}));
    EXPECT_EQ(samplesOf(session, "#1 DELEGATE", Quantity::LatencyUs), (ToolSamples{310}));
    EXPECT_EQ(samplesOf(session, "#1 DELEGATE/Fully Connected GEMM #1", Quantity::LatencyUs),
              (ToolSamples{200}));
    EXPECT_EQ(samplesOf(session, "section/Method::init", Quantity::LatencyUs), (ToolSamples{500}));
}

TEST(ExecutorchInspector, RawTimesAreTheSamples) {
    const auto session = readSample("executorch_inspector_table.tsv");
    EXPECT_EQ(samplesOf(session, "#0 convolution", Quantity::LatencyUs), (ToolSamples{1250, 1240}));
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (ToolSamples{1600, 1580}));
}

TEST(ExecutorchInspector, ColumnsMayBeSeparatedByBlanksOrBars) {
    const auto blanks = readText(
        "event_block_name  event_name                   avg (ms)  op_types  is_delegated_op\n"
        "Execute           native_call_relu.out         0.010483  ['aten.relu.default']  False\n");
    EXPECT_NEAR(samplesOf(blanks, "#0 relu", Quantity::LatencyUs).at(0), 10.483, 1e-9);
    const auto bars = readText(
        "| event_block_name | event_name | avg |\n|---|---|---|\n"
        "| Execute | native_call_add.out | 0.5 |\n");
    EXPECT_EQ(samplesOf(bars, "#0 add", Quantity::LatencyUs), (ToolSamples{500}));
    EXPECT_TRUE(hasWarning(bars, "taken for milliseconds"));
}

TEST(FirmwareTimes, TheInvokeIsTheWholeAndOthersAreSections) {
    const auto session = readSample("firmware_times.txt");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles), (ToolSamples{14524, 14352}));
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (ToolSamples{30, 29}));
    EXPECT_EQ(samplesOf(session, "section/preprocess", Quantity::LatencyUs), (ToolSamples{90, 88}));
    EXPECT_EQ(samplesOf(session, "section/preprocess", Quantity::Cycles),
              (ToolSamples{43200, 42576}));
}

TEST(FirmwareTimes, TheUnitMayStandInTheNameOrBehindTheNumber) {
    const std::pair<const char*, double> lines[] = {
        {"Inference took 12.5 ms", 12500},
        {"[00:00:01.020,000] <inf> main: inference: 7 ms", 7000},
        {"Invoke() time: 340 us (27200 cycles)", 340},
        {"inference_time_ms=3", 3000},
        {"Timing: DSP 65 ms, inference 4 ms, anomaly 0 ms", 4000},
        {"Predictions (DSP: 65 ms., Classification: 4 ms., Anomaly: 0 ms.): ", 4000}};
    for (const auto& [line, microseconds] : lines)
        EXPECT_EQ(samplesOf(readText(line), types::kWhole, Quantity::LatencyUs),
                  (ToolSamples{microseconds}))
            << line;
}

TEST(OtiiCsv, CurrentVoltageAndInputAreReadTogether) {
    const auto session = readSample("otii_csv");
    ASSERT_EQ(session.traces.size(), 1u);
    EXPECT_EQ(session.traces[0].powerMw.size(), 12u);
    ASSERT_EQ(session.traces[0].windows.size(), 1u);
    // Four samples of 20 mA at 3 V for 1 ms each.
    EXPECT_NEAR(samplesOf(session, types::kWhole, Quantity::EnergyUj).at(0), 240, 0.01);
}

TEST(OtiiCsv, AFileWithoutItsNameSaysWhatIsMissing) {
    const auto imported = readLogBytes("trace", textOfSample("otii_csv/Main current - Arc.csv"));
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("time_s=Timestamp,current_a=Value"), std::string::npos);
    ImportOptions options;
    options.columns = "time_s=Timestamp,current_a=Value";
    options.supplyVolts = 3;
    EXPECT_EQ(readText(textOfSample("otii_csv/Main current - Arc.csv"), options).traces.size(), 1u);
}

TEST(PowerColumns, ChannelsMayHaveNamesAndMicroItsSign) {
    ImportOptions options;
    options.supplyVolts = 2;
    std::string text =
        "Time (\xC2\xB5s),Main current - Arc (\xC2\xB5"
        "A)\n";
    for (int i = 0; i < 5; ++i)
        text += std::to_string(i * 10) + ",1500\n";
    const auto session = readText(text, options);
    ASSERT_EQ(session.traces.size(), 1u);
    EXPECT_NEAR(session.traces[0].sampleRateHz, 100000, 1e-3);
    EXPECT_FLOAT_EQ(session.traces[0].powerMw.at(0), 3);
}

TEST(DecimalCommas, OfASpreadsheetAreRead) {
    ImportOptions options;
    options.supplyVolts = 3;
    const auto trace = readSample("power_csv_decimal_comma.csv", options);
    // Four samples of 1200.5 uA at 3 V for 10 us each.
    EXPECT_NEAR(samplesOf(trace, types::kWhole, Quantity::EnergyUj).at(0), 0.14406, 1e-6);
    const auto table = readText("layer;op;latency_ms\n0;CONV_2D;1.234,5\n1;SOFTMAX;0,25\n");
    EXPECT_EQ(samplesOf(table, "#0 CONV_2D", Quantity::LatencyUs), (ToolSamples{1234500}));
    EXPECT_EQ(samplesOf(table, "#1 SOFTMAX", Quantity::LatencyUs), (ToolSamples{250}));
}

TEST(ColumnGuess, AnAlmostKnownTableSaysWhichColumnsWouldReadIt) {
    const std::string text = "Idx;Kernel;Avg us;Remark\n0;CONV_2D;12.5;a\n1;SOFTMAX;3;b\n";
    const auto refused = readLogBytes("x", text);
    ASSERT_FALSE(refused);
    const std::string& remedy = refused.error().remedy;
    const auto begin = remedy.find("--columns \"");
    ASSERT_NE(begin, std::string::npos) << refused.error().message();
    ImportOptions options;
    options.columns = remedy.substr(begin + 11, remedy.rfind('"') - begin - 11);
    EXPECT_EQ(options.columns, "layer=Idx,op=Kernel,latency_us=Avg us");
    EXPECT_EQ(samplesOf(readText(text, options), "#0 CONV_2D", Quantity::LatencyUs),
              (ToolSamples{12.5}));
}

// "time_us" is the name of a column here, not the role of one.
TEST(ColumnGuess, AColumnNamedLikeARoleOfTracesMakesNoTrace) {
    ImportOptions options;
    options.columns = "layer=nr,latency_us=time_us";
    EXPECT_EQ(samplesOf(readText("nr,time_us\n0,12\n", options), "#0 ", Quantity::LatencyUs),
              (ToolSamples{12}));
}

TEST(ColumnGuess, ATextWithATimeIsQuoted) {
    const auto refused = readLogBytes("x", "hello\nmodel ran for 12.5 ms today\n");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("line 2 states a time: 'model ran for 12.5 ms today'"),
              std::string::npos)
        << refused.error().message();
}

TEST(BenchmarkFolders, ResultsAloneAreASession) {
    for (const char* name : {"energy_runner_results.txt", "mlperf_runner_results.txt"}) {
        const auto session = readSample(name);
        EXPECT_NEAR(samplesOf(session, "accuracy/top-1", Quantity::Share).at(0), 0.9, 0.01) << name;
        EXPECT_NEAR(samplesOf(session, "accuracy/AUC", Quantity::Share).at(0), 0.99, 0.01) << name;
    }
    EXPECT_EQ(samplesOf(readText("AUC: 0.88\n"), "accuracy/AUC", Quantity::Share),
              (ToolSamples{0.88}));
    const auto streaming = readText(
        "Accuracy: 44 True positives, 6 False negatives, 4 False "
        "positives\n");
    EXPECT_EQ(samplesOf(streaming, "streaming/true positives", Quantity::Count), (ToolSamples{44}));
}

TEST(ExecutorchTable, CyclesAreNoTimes) {
    const auto session = readText(
        "event_block_name\tevent_name\tp50 (cycles)\tavg (cycles)\n"
        "Execute\tnative_call_addmm.out\t1200\t1210\nExecute\tMethod::execute\t1300\t1310\n");
    EXPECT_EQ(samplesOf(session, "#0 addmm", Quantity::Cycles), std::vector<double>{1210});
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::Cycles), std::vector<double>{1310});
}

}  // namespace
}  // namespace importers

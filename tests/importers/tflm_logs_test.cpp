// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/session_builder.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using Samples = std::vector<double>;

// Three runs, noise of other tasks, line ends of Windows, a restart in the middle of a run.
TEST(TflmProfiler, LogLinesGatherOverRuns) {
    const auto session = readSample("tflm_profiler_log.txt");
    EXPECT_EQ(session.conditions.runtime, "TFLM");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (Samples{1000, 1001, 1002}));
    EXPECT_EQ(samplesOf(session, "#3 SOFTMAX", Quantity::Ticks), (Samples{40, 41, 42}));
    EXPECT_EQ(find(session, "#1 DEPTHWISE_CONV_2D", Quantity::Ticks).layer, 1);
    EXPECT_TRUE(hasWarning(session, "belong to no complete run"));
}

TEST(TflmProfiler, CsvReaderKeepTheirOrderThroughNoise) {
    const auto session = readSample("tflm_profiler_csv.txt");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (Samples{5000, 5010}));
    EXPECT_EQ(samplesOf(session, "#1 MAX_POOL_2D", Quantity::Ticks), (Samples{700, 710}));
    EXPECT_EQ(samplesOf(session, "tag/total", Quantity::Ticks), (Samples{5700}));
}

TEST(TflmProfiler, AWrappedSampleIsRepairedAndMarked) {
    const auto session = readSample("tflm_profiler_csv.txt");
    const auto layer = find(session, "#2 FULLY_CONNECTED", Quantity::Ticks);
    EXPECT_EQ(layer.samples, (Samples{1005, 1010}));
    EXPECT_FALSE(noteValue(layer.note, "repaired").empty());
    EXPECT_TRUE(hasWarning(session, "were repaired"));
}

TEST(TflmProfiler, SectionsAreNoLayers) {
    const auto session = readText(
        "tflite::GetModel took 4 ticks (0 ms).\nKeywordRun(10) took 900 ticks (1 ms).\n"
        "CONV_2D took 80 ticks (0 ms).\nMyCustomOp took 10 ticks (0 ms).\n");
    EXPECT_EQ(samplesOf(session, "section/KeywordRun(10)", Quantity::Ticks), (Samples{900}));
    EXPECT_EQ(samplesOf(session, "#1 MyCustomOp", Quantity::Ticks), (Samples{10}));
}

TEST(TflmProfiler, AClockTurnsTicksIntoTimeBesideThem) {
    ImportOptions options;
    options.clockMhz = 80;
    const auto session = readText("CONV_2D took 8000 ticks (0 ms).\n", options);
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (Samples{8000}));
    const auto time = find(session, "#0 CONV_2D", Quantity::LatencyUs);
    EXPECT_EQ(time.samples, (Samples{100}));
    EXPECT_EQ(noteValue(time.note, "derived"), "ticks taken for cycles, / 80 MHz");
}

// 224622 ticks are "8 ms": the port says between 24.958 and 28.078 million a second.
TEST(TflmProfiler, PrintedMillisecondsContradictAWrongClock) {
    ImportOptions options;
    options.clockMhz = 80;
    const std::string log = "CONV_2D took 224622 ticks (8 ms).\n";
    EXPECT_TRUE(hasWarning(readText(log, options), "24.958 to 28.078 MHz, not 80 MHz"));
    options.clockMhz = 25;
    EXPECT_FALSE(hasWarning(readText(log, options), "not 25 MHz"));
}

TEST(TflmAllocator, KeepsItsWords) {
    const auto session = readSample("tflm_allocator.txt");
    EXPECT_EQ(samplesOf(session, "arena/head", Quantity::Bytes), (Samples{7744}));
    const auto kind = find(session, "allocation/TfLiteEvalTensor data", Quantity::Bytes);
    EXPECT_EQ(kind.samples, (Samples{360}));
    EXPECT_EQ(noteValue(kind.note, "requested"), "348");
    EXPECT_EQ(noteValue(kind.note, "count"), "15");
}

TEST(TflmBenchmark, ReadsConditionsProfileAndTables) {
    const auto session = readSample("tflm_benchmark.txt");
    EXPECT_EQ(session.conditions.core, "Cortex-M4");
    EXPECT_EQ(session.conditions.kernels, "cmsis_nn");
    EXPECT_EQ(session.conditions.modelName, "tiny.tflite");
    EXPECT_EQ(session.conditions.runtimeVersion, "0123456789abcdef0123456789abcdef01234567");
    EXPECT_EQ(noteValue(session.conditions.notes, "output crc32"), "0x05060708");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::Ticks), (Samples{52000}));
    EXPECT_EQ(samplesOf(session, "tag/total", Quantity::Ticks), (Samples{52163}));
    EXPECT_EQ(samplesOf(session, "setup/total", Quantity::Ticks), (Samples{4}));
    EXPECT_EQ(samplesOf(session, "arena/Total", Quantity::Bytes), (Samples{9000}));
    EXPECT_EQ(samplesOf(session, "allocation/Eval tensor data", Quantity::Bytes), (Samples{120}));
}

}  // namespace
}  // namespace importers

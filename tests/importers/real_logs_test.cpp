// SPDX-License-Identifier: GPL-3.0-or-later
// Real logs, where they are present: recognised without a flag, with the numbers that their own
// tools printed.

#include <cmath>
#include <cstdio>
#include <fstream>

#include "importers/formats/benchmark_results.h"
#include "importers/parts/join_layers.h"
#include "sample_log.h"
#include "tflite/read.h"

namespace importers {
namespace {

using types::Quantity;

std::filesystem::path logsDir() {
    return *support::sharedDir() / "logs";
}

std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string printed(const char* format, double value) {
    char text[64];
    snprintf(text, sizeof text, format, value);
    return text;
}

double middleOf(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    return samples.empty() ? 0 : samples[samples.size() / 2];
}

TEST(RealLogs, EveryFileAndFolderIsRecognised) {
    SKIP_WITHOUT_SHARED();
    size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(logsDir())) {
        const auto imported = readLog(entry.path());
        EXPECT_TRUE(imported) << imported.error().message();
        files += entry.is_regular_file() ? 1 : 0;
    }
    EXPECT_GE(files, 28u);
}

/// Each window's energy and run time against the results.txt beside it.
void expectPrintedNumbers(const std::string& folder, int digits) {
    const auto session = readSession(logsDir() / folder);
    const auto results = readBenchmarkResults(bytesOf(logsDir() / folder / "results.txt"));
    ASSERT_FALSE(results.windows.empty()) << folder;
    const auto times = samplesOf(session, types::kWhole, Quantity::LatencyUs);
    ASSERT_EQ(times.size(), results.windows.size()) << folder;
    size_t i = 0;
    for (const auto& [number, window] : results.windows) {
        const double runtime = times[i] * window.inferences.value_or(0) / 1e6;
        if (window.runtimeS && window.inferences) {
            EXPECT_NEAR(runtime, *window.runtimeS, 0.5000001 * std::pow(10, -digits)) << folder;
        }
        if (window.energyPerInferenceUj) {
            const auto energies = samplesOf(session, types::kWhole, Quantity::EnergyUj);
            ASSERT_EQ(energies.size(), results.windows.size()) << folder;
            EXPECT_NEAR(energies[i] / *window.energyPerInferenceUj, 1, 0.005) << folder;
        }
        ++i;
    }
    if (results.medianPerSecond) {
        EXPECT_EQ(printed("%.3f", 1e6 / middleOf(times)), printed("%.3f", *results.medianPerSecond))
            << folder;
    }
}

TEST(RealLogs, PerformanceEqualsResultsToTheLastDigit) {
    SKIP_WITHOUT_SHARED();
    expectPrintedNumbers("energyrunner_v05_ic/performance", 3);
    expectPrintedNumbers("energyrunner_v05_kws/performance", 3);
    expectPrintedNumbers("runner_v13_kws/performance", 6);
}

TEST(RealLogs, EnergyEqualsResultsWithinHalfAPercent) {
    SKIP_WITHOUT_SHARED();
    expectPrintedNumbers("energyrunner_v05_ic/energy", 3);
    expectPrintedNumbers("energyrunner_v05_kws/energy", 3);
    expectPrintedNumbers("runner_v13_kws/energy", 3);
}

TEST(RealLogs, TheRunnersJsonGivesThePrintedEnergies) {
    SKIP_WITHOUT_SHARED();
    const auto session = readSession(logsDir() / "runner_v13_kws/energy/results.json");
    const double expected[] = {1431.422, 1430.668, 1429.902, 1431.299, 1429.659};
    const auto energies = samplesOf(session, types::kWhole, Quantity::EnergyUj);
    ASSERT_EQ(energies.size(), 5u);
    for (size_t i = 0; i < 5; ++i)
        EXPECT_EQ(printed("%.3f", energies[i]), printed("%.3f", expected[i]));
}

TEST(RealLogs, AThousandOutputsImplyThePrintedTop1) {
    SKIP_WITHOUT_SHARED();
    const auto session = readSession(logsDir() / "energyrunner_v05_kws/accuracy");
    ASSERT_EQ(session.outputs.size(), 1000u);
    int right = 0;
    for (const auto& output : session.outputs) {
        ASSERT_EQ(output.values.size(), 12u);
        ASSERT_TRUE(output.label) << output.input;
        const auto best = std::max_element(output.values.begin(), output.values.end());
        right += best - output.values.begin() == *output.label ? 1 : 0;
    }
    EXPECT_EQ(right, 901);
    EXPECT_NEAR(samplesOf(session, "accuracy/top-1", Quantity::Share).at(0), right / 1000.0, 1e-12);
}

TEST(RealLogs, TheBenchmarkDumpGivesItsTables) {
    SKIP_WITHOUT_SHARED();
    const auto session = readSession(logsDir() / "tflm/generic_benchmark_person_detect.txt");
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Emulator);
    EXPECT_EQ(samplesOf(session, "#2 CONV_2D", Quantity::Ticks).at(0), 249561);
    EXPECT_EQ(samplesOf(session, "#30 SOFTMAX", Quantity::Ticks).at(0), 163);
    EXPECT_EQ(samplesOf(session, "tag/total", Quantity::Ticks).at(0), 2820774);
    EXPECT_EQ(samplesOf(session, "arena/Total", Quantity::Bytes).at(0), 84436);
}

TEST(RealLogs, TheBenchmarkDumpJoinsItsModel) {
    SKIP_WITHOUT_SHARED();
    const auto graph =
        tflite::read(*support::sharedDir() / "models/tflm_person_detect_int8.tflite");
    ASSERT_TRUE(graph);
    const auto join =
        joinLayers(readSession(logsDir() / "tflm/generic_benchmark_person_detect.txt"), **graph);
    EXPECT_TRUE(join.complete());
}

TEST(RealLogs, ReportsOfStGiveTheirSums) {
    SKIP_WITHOUT_SHARED();
    for (const auto& [name, total] :
         {std::pair{"sww_generate_report.txt", 835864.0}, std::pair{"sww_report.json", 0.0}}) {
        const auto session = readSession(logsDir() / "stedgeai" / name);
        double sum = 0;
        for (const auto& measurement : session.measurements)
            if (measurement.layer && measurement.quantity == Quantity::Count)
                sum += measurement.samples.at(0);
        if (total > 0)
            EXPECT_EQ(sum, total) << name;
        else
            EXPECT_GE(sum, samplesOf(session, "macc", Quantity::Count).at(0)) << name;
    }
    const auto info = readSession(logsDir() / "stedgeai/sww_c_info.json");
    double weights = 0;
    for (const auto& measurement : info.measurements)
        if (measurement.note.find("kind: weights") != std::string::npos)
            weights += measurement.samples.at(0);
    // The pool ends at a multiple of four bytes.
    EXPECT_EQ(std::ceil(weights / 4) * 4, samplesOf(info, "weights", Quantity::Bytes).at(0));
}

TEST(RealLogs, MicronasRecordsGiveCyclesAndClock) {
    SKIP_WITHOUT_SHARED();
    const auto session = readSession(logsDir() / "micronas/records.json");
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_EQ(
        samplesOf(session, "CONV_2D 1x128x9x1 1x64x9x4 3x1 2x1 same relu", Quantity::Cycles).at(0),
        350847);
}

TEST(RealLogs, LayerTablesOfOthersAreReadByTheirColumns) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "measurements";
    const std::pair<const char*, size_t> rows[] = {{"micronas_layers.csv", 3771},
                                                   {"heim_layer_sweeps.csv", 2699},
                                                   {"heim_layers_energy.csv", 330},
                                                   {"tflm_person_detect_fvp.csv", 31}};
    for (const auto& [name, count] : rows) {
        size_t samples = 0;
        for (const auto& session : readOrFail(dir / name).sessions)
            for (const auto& measurement : session.measurements)
                if (!measurement.op.empty() && (measurement.quantity == Quantity::LatencyUs ||
                                                measurement.quantity == Quantity::Ticks))
                    samples += measurement.samples.size();
        EXPECT_EQ(samples, count) << name;
    }
}

}  // namespace
}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include "importers/parts/energy_runner_log.h"
#include "sample_log.h"
#include "support/temporary_dir.h"

namespace importers {
namespace {

using types::Quantity;
using EnergyRunnerSamples = std::vector<double>;

// The first window runs across the end of the board's 32-bit microseconds.
TEST(EnergyRunner, PerformanceComesFromTheLaps) {
    const auto session = readSample("energy_runner/performance");
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Board);
    EXPECT_EQ(session.conditions.modelName, "kws01");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs),
              (EnergyRunnerSamples{100000, 100001, 100002}));
    EXPECT_TRUE(hasWarning(session, "wrapped were repaired"));
}

TEST(EnergyRunner, OutputsCarryFileAndLabel) {
    const auto session = readSample("energy_runner/accuracy");
    ASSERT_EQ(session.outputs.size(), 3u);
    EXPECT_EQ(session.outputs[0].input, "tst_000000_Stop_1.bin");
    EXPECT_EQ(session.outputs[0].label, 1);
    EXPECT_EQ(session.outputs[0].values, (EnergyRunnerSamples{0, 0.996, 0}));
    EXPECT_EQ(samplesOf(session, "accuracy/top-1", Quantity::Share), (EnergyRunnerSamples{0.667}));
}

TEST(EnergyRunner, EnergyIsTheTraceBetweenItsStamps) {
    const auto session = readSample("energy_runner/energy");
    EXPECT_EQ(session.conditions.supplyVolts, 1.8);
    for (const double energy : samplesOf(session, types::kWhole, Quantity::EnergyUj))
        EXPECT_NEAR(energy, 100, 1e-4);
    ASSERT_EQ(session.traces.size(), 1u);
    EXPECT_EQ(session.traces[0].sampleRateHz, 1000);
    ASSERT_EQ(session.traces[0].windows.size(), 3u);
    EXPECT_EQ(session.traces[0].windows[0].inferences, 10);
    EXPECT_FLOAT_EQ(session.traces[0].powerMw[0], 2);
    EXPECT_TRUE(hasWarning(session, "must take at least 10 seconds"));
}

TEST(EnergyRunner, AnEnergyLogAloneSaysThatItHoldsNoTimes) {
    const support::TemporaryDir dir;
    std::filesystem::copy(samplePath("energy_runner/energy/log.txt"), dir / "log.txt");
    const auto session = readSession(dir / "log.txt");
    EXPECT_TRUE(hasWarning(session, "a log of the energy mode"));
    EXPECT_TRUE(session.measurements.empty());
    EXPECT_EQ(session.outputs.size(), 3u);
}

TEST(EnergyRunner, ResultsOfAnotherSessionAreNoticed) {
    const support::TemporaryDir dir;
    std::filesystem::copy(samplePath("energy_runner/energy"), dir / "energy");
    std::ofstream(dir / "energy/results.txt")
        << "00100.000 ulp-ml: Energy data for window 2 at time 0.05 for 0.10 sec.:\n"
           "00100.000 ulp-ml:   Energy/Inf.  :      101.000 uJ/inf.\n";
    EXPECT_TRUE(hasWarning(readSession(dir / "energy"), "another energy for window 2"));
}

TEST(EnergyRunner, AScriptAloneHoldsNothing) {
    const auto imported = readLogBytes("script.async", "[{ cmd: 'dut infer 10 1', ms: -1 }]", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("trace1-energy.bin"), std::string::npos);
}

TEST(EnergyRunner, AWrapThatTheHostContradictsIsDropped) {
    RunnerWindow window{"a.bin", 10, {5000, 4000}, 1.0, 2.0, {}};
    bool wrapped = false;
    EXPECT_FALSE(latencyUs(window, wrapped));
    window.lapsUs = {4294900000.0, 900000};
    EXPECT_NEAR(latencyUs(window, wrapped).value_or(0), 96729.6, 1e-6);
    EXPECT_TRUE(wrapped);
}

// Without a log, results.txt says how often the model ran in each window.
TEST(EnergyRunner, ResultsSayHowOftenTheModelRan) {
    const support::TemporaryDir dir;
    std::filesystem::copy(samplePath("energy_runner/energy"), dir / "energy");
    std::filesystem::remove(dir / "energy/log.txt");
    std::ofstream(dir / "energy/results.txt")
        << "00100.000 ulp-ml: Energy data for window 2 at time 0.05 for 0.10 sec.:\n"
           "00100.000 ulp-ml:   Inferences   :      20\n"
           "00100.000 ulp-ml: Energy data for window 4 at time 0.17 for 0.10 sec.:\n"
           "00100.000 ulp-ml:   Inferences   :      30\n";
    const auto session = readSession(dir / "energy");
    ASSERT_EQ(session.traces.at(0).windows.size(), 3u);
    EXPECT_EQ(session.traces[0].windows[0].inferences, 20);
    EXPECT_EQ(session.traces[0].windows[1].inferences, 30);
    EXPECT_EQ(session.traces[0].windows[2].inferences, 1);
}

TEST(EnergyRunner, ManyComplaintsAreCounted) {
    std::string results = "00100.000 ulp-mlperf: Median throughput is 20.000 inf./sec.\n";
    for (int i = 0; i < 50; ++i)
        results += "00100.000 ulp-mlperf: e-[complaint " + std::to_string(i) + "]\n";
    const auto session = readText(results);
    EXPECT_TRUE(hasWarning(session, "complaint 19"));
    EXPECT_FALSE(hasWarning(session, "complaint 20"));
    EXPECT_TRUE(hasWarning(session, "and 30 more warnings"));
}

TEST(EnergyRunner, ALongNameOfAnInputIsCut) {
    const auto session = readText(
        "00461.755 session: m-session-start-id[20210603010201]\n"
        "00461.756 session: Command \"bload dut \"" +
        std::string(5000, 'n') +
        "\"\"\n"
        "00461.757 dut: m-infer-start-1\n"
        "00461.758 dut: m-results-[0.5,0.5]\n");
    ASSERT_EQ(session.outputs.size(), 1u);
    EXPECT_EQ(session.outputs[0].input, std::string(200, 'n'));
}

}  // namespace
}  // namespace importers

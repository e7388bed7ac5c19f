// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using MlperfRunnerSamples = std::vector<double>;

TEST(MlperfRunner, JsonHoldsTimesEnergiesAndOutputs) {
    const auto session = readSample("mlperf_runner");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs),
              (MlperfRunnerSamples{50000, 10000}));
    const auto energy = samplesOf(session, types::kWhole, Quantity::EnergyUj);
    ASSERT_EQ(energy.size(), 1u);
    EXPECT_NEAR(energy[0], 100, 1e-4);  // 20 samples of 10 uJ, twice
    EXPECT_EQ(session.conditions.supplyVolts, 3);
    ASSERT_EQ(session.outputs.size(), 2u);
    EXPECT_EQ(session.outputs[1].label, 2);
    ASSERT_EQ(session.traces.size(), 1u);
    EXPECT_EQ(session.traces[0].windows[0].beginS, 0.005);
}

TEST(MlperfRunner, TheLogStandsInForTheJson) {
    const auto session = readSample("mlperf_runner_log.txt");
    EXPECT_EQ(session.conditions.modelName, "kws01");
    EXPECT_EQ(samplesOf(session, types::kWhole, Quantity::LatencyUs), (MlperfRunnerSamples{50000}));
    ASSERT_EQ(session.outputs.size(), 1u);
    EXPECT_EQ(session.outputs[0].input, "tst_000000_Stop_1.bin");
}

TEST(MlperfRunner, StreamingResultsKeepTheirWords) {
    const auto session = readText(
        "Accuracy: 44 True positives, 6 False negatives, 4 False positives\n"
        "Average duty cycle: 0.13262\nAverage period: 0.032055 s\n");
    EXPECT_EQ(samplesOf(session, "streaming/duty cycle", Quantity::Share),
              (MlperfRunnerSamples{0.13262}));
    EXPECT_NEAR(samplesOf(session, "streaming/period", Quantity::LatencyUs).at(0), 32055, 1e-9);
    EXPECT_NE(session.conditions.notes.find("44 True positives"), std::string::npos);
}

TEST(MlperfRunner, ALongNameOfAnInputIsCut) {
    const auto session = readText("Device model retrieved: kws01\nLoading file " +
                                  std::string(5000, 'n') + " segment 0\nm-results: [0.5, 0.5]\n");
    ASSERT_EQ(session.outputs.size(), 1u);
    EXPECT_EQ(session.outputs[0].input, std::string(200, 'n'));
}

}  // namespace
}  // namespace importers

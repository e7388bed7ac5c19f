// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;

// 2 ms of 10 mA in every 6 ms; a marker is high in the meantime.
TEST(PowerTraces, Ppk2MarksWindowsByItsChannel) {
    ImportOptions options;
    options.supplyVolts = 3;
    const auto session = readSample("power_csv_ppk2.csv", options);
    ASSERT_EQ(session.traces.size(), 1u);
    EXPECT_NEAR(session.traces[0].sampleRateHz, 10000, 1e-3);
    ASSERT_EQ(session.traces[0].windows.size(), 3u);
    for (const double energy : samplesOf(session, types::kWhole, Quantity::EnergyUj))
        EXPECT_NEAR(energy, 10e-3 * 3 * 2e-3 * 1e6, 1e-3);
    for (const double time : samplesOf(session, types::kWhole, Quantity::LatencyUs))
        EXPECT_NEAR(time, 2000, 1e-3);
}

TEST(PowerTraces, ACurrentNeedsAVoltage) {
    const auto imported = readLog(samplePath("power_csv_ppk2.csv"));
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("volts"), std::string::npos);
}

TEST(PowerTraces, AThresholdFindsWindowsWithoutAMarker) {
    const auto without = readSample("power_csv_joulescope.csv");
    EXPECT_TRUE(hasWarning(without, "choose a threshold"));
    ImportOptions options;
    options.windows.thresholdMw = 10;
    options.windows.inferencesPerWindow = 4;
    const auto session = readSample("power_csv_joulescope.csv", options);
    for (const double energy : samplesOf(session, types::kWhole, Quantity::EnergyUj))
        EXPECT_NEAR(energy, 20e-3 * 20e-3 * 1e6 / 4, 1e-3);
}

TEST(PowerTraces, ConsecutiveWindowsCanBeLayers) {
    ImportOptions options;
    options.windows.thresholdMw = 10;
    options.windows.layersPerInference = 2;
    const auto session = readSample("power_csv_joulescope.csv", options);
    EXPECT_EQ(samplesOf(session, "#0", Quantity::EnergyUj).size(), 2u);
    EXPECT_EQ(find(session, "#1", Quantity::EnergyUj).layer, 1);
}

TEST(PowerTraces, AnyColumnsCanBeMapped) {
    std::string csv = "when;amps x1000;pin\n";
    for (int i = 0; i < 20; ++i)
        csv += std::to_string(i) + ";" + (i % 10 > 4 ? "20" : "2") + ";" +
               (i % 10 > 4 ? "0" : "1") + "\n";
    ImportOptions options;
    options.columns = "time_ms=when,current_ma=amps x1000,marker=pin";
    options.supplyVolts = 2;
    options.windows.activeLow = true;
    const auto session = readText(csv, options);
    const auto energy = samplesOf(session, types::kWhole, Quantity::EnergyUj);
    ASSERT_EQ(energy.size(), 1u);  // the second window touches the end of the trace
    EXPECT_NEAR(energy[0], 40e-3 * 5e-3 * 1e6, 1e-6);
}

TEST(PowerTraces, AMappedColumnThatIsMissingListsThoseThatAreThere) {
    ImportOptions options;
    options.columns = "time_s=Zeit,power_mw=P";
    const auto imported = readLogBytes("x.csv", "t,P\n0,1\n1,1\n2,1\n", options);
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("'Zeit'"), std::string::npos);
    EXPECT_NE(imported.error().remedy.find("t, P"), std::string::npos);
}

TEST(PowerTraces, HolesAreFilledAndSaid) {
    std::string csv = "time_s,power_mw\n";
    for (int i = 0; i < 30; ++i)
        if (i < 10 || i > 12) csv += std::to_string(i) + ",5\n";
    const auto session = readText(csv);
    EXPECT_EQ(session.traces.at(0).powerMw.size(), 30u);
    EXPECT_TRUE(hasWarning(session, "3 samples are missing"));
}

TEST(PowerTraces, TimesThatLeapAreRefused) {
    const auto imported = readLogBytes("x", "time_s,power_mw\n0,1\n1,1\n2,1\n3,1\n1e12,1\n", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("jump"), std::string::npos);
}

// 1 / step is more than a double holds.
TEST(PowerTraces, TimesThatHardlyMoveAreRefused) {
    const auto imported = readLogBytes("x", "time_s,power_mw\n0,1\n1e-320,1\n2e-320,1\n", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("jump"), std::string::npos);
}

TEST(PowerTraces, APowerTooLargeForATraceIsTakenAsNone) {
    const auto session = readText("time_s,power_mw\n0,1\n1,1e300\n2,5\n");
    EXPECT_EQ(session.traces.at(0).powerMw, (std::vector<float>{1, 0, 5}));
    EXPECT_TRUE(hasWarning(session, "1 power of a trace is too large to be a number"));
}

}  // namespace
}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
// The plausibility checks.

#include "importers/parts/check_session.h"
#include "sample_log.h"

namespace importers {
namespace {

types::Session profile(std::vector<double> ticks) {
    types::Session session;
    for (size_t i = 0; i < ticks.size(); ++i)
        session.measurements.push_back({types::layerKey(static_cast<int32_t>(i), "CONV_2D"),
                                        static_cast<int32_t>(i), "CONV_2D", types::Quantity::Ticks,
                                        std::vector<double>(5, ticks[i]), false, ""});
    return session;
}

TEST(Checks, ZeroTicksNameTheTwoFunctionsOfAPort) {
    auto session = profile({0, 0});
    checkSession(session);
    EXPECT_TRUE(hasWarning(session, "ticks_per_second()"));
    EXPECT_TRUE(hasWarning(session, "GetCurrentTimeTicks()"));
}

TEST(Checks, ConstantTicksAreATimerThatStands) {
    auto session = profile({7, 7, 7});
    checkSession(session);
    EXPECT_TRUE(hasWarning(session, "all ticks are the same"));
    auto sound = profile({7, 9, 7});
    checkSession(sound);
    EXPECT_FALSE(hasWarning(sound, "ticks are"));
}

TEST(Checks, FewSamplesAndAnUnknownClockAreSaid) {
    const auto session = readText("CONV_2D took 10 ticks (0 ms).\n");
    EXPECT_TRUE(hasWarning(session, "only 1 sample:"));
    EXPECT_TRUE(hasWarning(session, "does not say the clock"));
    ImportOptions options;
    options.clockMhz = 80;
    EXPECT_FALSE(
        hasWarning(readText("CONV_2D took 10 ticks (0 ms).\n", options), "does not say the clock"));
}

// 100,000 MACs in 1,000 "ticks" would be 100 MACs a cycle: these are microseconds.
TEST(Checks, MicrosecondsTakenForTicksAreDoubted) {
    auto session = profile({1000});
    checkAgainstMacs(session, {100000});
    EXPECT_TRUE(hasWarning(session, "100 MACs a cycle"));
    EXPECT_TRUE(hasWarning(session, "microseconds"));
}

TEST(Checks, PlausibleCyclesPerMacAreNotDoubted) {
    for (const double perMac : {0.33, 1.0, 16.4}) {
        auto session = profile({perMac * 100000});
        checkAgainstMacs(session, {100000});
        EXPECT_TRUE(session.warnings.empty()) << perMac;
    }
    auto slow = profile({500.0 * 100000});
    checkAgainstMacs(slow, {100000});
    EXPECT_TRUE(hasWarning(slow, "far too slow"));
}

TEST(Checks, AClockThatContradictsTheLogIsSaid) {
    ImportOptions options;
    options.clockMhz = 120;
    const auto session = readSample("micronas_records.json", options);
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_TRUE(hasWarning(session, "80 MHz, which is taken instead of the 120 MHz"));
}

}  // namespace
}  // namespace importers

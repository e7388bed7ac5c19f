// SPDX-License-Identifier: GPL-3.0-or-later
// Counts are converted to cycles and time with the ratio of the board's profile or of the core, and
// notes state which.
#include "runners/board_cycles.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cost/device_file.h"

namespace {

using runners::addBoardCycles;
using types::DeviceProfile;
using types::Measurement;
using types::Quantity;
using types::Session;

Session counted(const std::string& core, const std::string& runtime = "Netcaliper") {
    Session session;
    session.conditions.core = core;
    session.conditions.runtime = runtime;
    session.measurements.push_back(
        {types::kWhole, {}, "", Quantity::Instructions, {1000, 2000}, false, ""});
    session.measurements.push_back({"#0 ADD", 0, "ADD", Quantity::Instructions, {1000}, false, ""});
    session.measurements.push_back({"#0 ADD/loads", 0, "ADD", Quantity::Count, {100}, false, ""});
    return session;
}

DeviceProfile board(const std::string& core) {
    DeviceProfile profile;
    profile.id = "my-board";
    profile.core = core;
    profile.runtime = "TFLM + CMSIS-NN";
    profile.clockMhz = 100;
    profile.kernels.push_back({runners::kInstructionRow,
                               "*",
                               {{"instruction", 1.5}},
                               {},
                               0.15,
                               {},
                               7,
                               0,
                               "",
                               "of seven layers",
                               {}});
    return profile;
}

const Measurement* find(const Session& session, const std::string& key, Quantity quantity) {
    for (const Measurement& m : session.measurements)
        if (m.key == key && m.quantity == quantity) return &m;
    return nullptr;
}

TEST(BoardCycles, AreInstructionsTimesTheBoardsRatio) {
    const DeviceProfile profile = board("Cortex-M4");
    Session session = counted("Cortex-M4");
    addBoardCycles(session, &profile);
    const Measurement* cycles = find(session, types::kWhole, Quantity::Cycles);
    ASSERT_NE(cycles, nullptr);
    EXPECT_EQ(cycles->samples, (std::vector<double>{1500, 3000}));
    EXPECT_TRUE(cycles->estimated);
    EXPECT_EQ(cycles->note, "1.5 cycles per instruction, +-25 %: my-board, of seven layers");
    const Measurement* time = find(session, "#0 ADD", Quantity::LatencyUs);
    ASSERT_NE(time, nullptr);
    EXPECT_EQ(time->samples, std::vector<double>{15});
    EXPECT_EQ(time->layer, 0);
    EXPECT_TRUE(time->estimated);
    EXPECT_NE(time->note.find("at 100 MHz"), std::string::npos);
    EXPECT_EQ(find(session, "#0 ADD/loads", Quantity::Cycles), nullptr);
    EXPECT_TRUE(session.warnings.empty());
}

TEST(BoardCycles, TheMeasuredKernelsHaveTheNarrowerBand) {
    const DeviceProfile profile = board("Cortex-M4");
    Session session = counted("", "TFLM");
    addBoardCycles(session, &profile);
    EXPECT_NE(find(session, types::kWhole, Quantity::Cycles)->note.find("+-15 %"),
              std::string::npos);
}

TEST(BoardCycles, AnotherCoreIsNotUsed) {
    const DeviceProfile profile = board("Cortex-M7");
    Session session = counted("Cortex-M33");
    addBoardCycles(session, &profile);
    EXPECT_EQ(find(session, types::kWhole, Quantity::LatencyUs), nullptr);
    EXPECT_NE(find(session, types::kWhole, Quantity::Cycles)->note.find("Cortex-M33 in general"),
              std::string::npos);
    ASSERT_EQ(session.warnings.size(), 1u);
    EXPECT_NE(session.warnings[0].find("my-board has a Cortex-M7"), std::string::npos);
}

TEST(BoardCycles, ABoardWithoutARatioLendsItsClock) {
    DeviceProfile profile = board("Cortex-M55");
    profile.kernels.clear();
    Session session = counted("Cortex-M55");
    addBoardCycles(session, &profile);
    EXPECT_EQ(find(session, "#0 ADD", Quantity::LatencyUs)->samples, std::vector<double>{15});
    EXPECT_NE(find(session, "#0 ADD", Quantity::LatencyUs)->note.find("in general"),
              std::string::npos);
}

TEST(BoardCycles, EveryCoreHasAFallback) {
    for (const char* core : {"Cortex-M4", "Cortex-M7", "Cortex-M33", "Cortex-M55"}) {
        Session session = counted(core);
        addBoardCycles(session, nullptr);
        const Measurement* cycles = find(session, types::kWhole, Quantity::Cycles);
        ASSERT_NE(cycles, nullptr) << core;
        EXPECT_GE(cycles->samples[0], 1000) << core;
        EXPECT_LE(cycles->samples[0], 2000) << core;
        EXPECT_NE(cycles->note.find(std::string(core) + " in general"), std::string::npos);
        EXPECT_EQ(find(session, types::kWhole, Quantity::LatencyUs), nullptr) << "no clock";
    }
}

TEST(BoardCycles, AnUnknownCoreAndOtherSessionsStayAsTheyAre) {
    Session unknown = counted("Cortex-M85");
    addBoardCycles(unknown, nullptr);
    EXPECT_EQ(unknown, counted("Cortex-M85"));
    Session timed;
    timed.measurements.push_back({types::kWhole, {}, "", Quantity::LatencyUs, {5}, false, ""});
    const DeviceProfile profile = board("Cortex-M4");
    const Session before = timed;
    addBoardCycles(timed, &profile);
    EXPECT_EQ(timed, before);
}

TEST(BoardCycles, EveryBundledProfileHasARatioWithItsSource) {
    const auto devices =
        cost::readDevices(std::string(NETCALIPER_SOURCE_DIR) + "/resources/devices");
    ASSERT_TRUE(devices.has_value());
    const auto hasRatio = [](const types::DevicePtr& device) {
        return std::ranges::any_of(device->kernels, [](const types::KernelCost& row) {
            return row.kernel == runners::kInstructionRow;
        });
    };
    EXPECT_GE(std::ranges::count_if(*devices, hasRatio), 30);
    for (const types::DevicePtr& device : *devices) {
        if (!hasRatio(device)) continue;
        Session session = counted(device->core);
        addBoardCycles(session, device.get());
        const Measurement* time = find(session, types::kWhole, Quantity::LatencyUs);
        ASSERT_NE(time, nullptr) << device->id;
        EXPECT_EQ(time->note.find("in general"), std::string::npos) << device->id;
        const double cycles = time->samples[0] * device->clockMhz;
        EXPECT_GE(cycles, 800) << device->id;
        EXPECT_LE(cycles, 2200) << device->id;
    }
}

}  // namespace

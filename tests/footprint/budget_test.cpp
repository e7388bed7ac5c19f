// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/budget.h"

#include <gtest/gtest.h>

#include <numeric>

namespace {

types::DeviceProfile budgetBoard() {
    types::DeviceProfile device;
    device.flashBytes = 1000;
    device.sramBytes = 500;
    device.reservedFlash = {{"runtime", 300, "measured"}, {"drivers", 100, "measured"}};
    device.reservedSram = {{"stack", 50, "assumed"}};
    return device;
}

int64_t sumOfLines(const types::Budget& budget) {
    return std::accumulate(budget.lines.begin(), budget.lines.end(), int64_t{0},
                           [](int64_t sum, const auto& line) { return sum + line.bytes; });
}

TEST(Budget, FlashIsModelAndReservedLines) {
    const auto budget = footprint::flashBudget(600, budgetBoard());
    EXPECT_EQ(budget.usedBytes, 1000);
    EXPECT_EQ(budget.usedBytes, sumOfLines(budget));
    EXPECT_TRUE(budget.fits());
    EXPECT_EQ(budget.spareBytes(), 0);
    const auto tooMuch = footprint::flashBudget(601, budgetBoard());
    EXPECT_FALSE(tooMuch.fits());
    EXPECT_EQ(tooMuch.spareBytes(), -1);
}

TEST(Budget, SramIsArenaAndReservedLines) {
    const auto budget = footprint::sramBudget({300, 100}, budgetBoard());
    EXPECT_EQ(budget.limitBytes, 500);
    EXPECT_EQ(budget.usedBytes, 450);
    EXPECT_EQ(budget.usedBytes, sumOfLines(budget));
    EXPECT_TRUE(budget.fits());
}

// Lines of our runtime replace those of the other; the board's other reserved lines stay.
TEST(Budget, OurOwnRuntimeHasLinesOfItsOwn) {
    types::DeviceProfile device = budgetBoard();
    device.reservedFlash[0].what = "TFLM runtime";
    device.reservedSram.push_back({"TFLM stack and other data", 4096, "measured"});
    const auto flash = footprint::netcaliperFlashBudget(400, {{"core", 120, "measured"}}, device);
    EXPECT_EQ(flash.usedBytes, 400 + 120 + 100);
    EXPECT_EQ(flash.usedBytes, sumOfLines(flash));
    const auto sram = footprint::netcaliperSramBudget(200, 10, device);
    EXPECT_EQ(sram.blockBytes, 200);
    EXPECT_EQ(sram.usedBytes, sumOfLines(sram));
    EXPECT_LE(sram.usedBytes, 200 + 10 + 50 + 1024);
    EXPECT_GE(sram.usedBytes, 200 + 10 + 50 + 500);
}

TEST(Budget, UnknownPersistentPartIsSaid) {
    const auto budget = footprint::sramBudget({300, std::nullopt}, budgetBoard());
    EXPECT_EQ(budget.usedBytes, 350);
    ASSERT_EQ(budget.lines.size(), 3u);
    EXPECT_TRUE(budget.lines[1].isUnknown);
    EXPECT_NE(budget.lines[1].source.find("unknown"), std::string::npos);
    EXPECT_FALSE(budget.isKnown());
}

// What is known can exceed a limit, but it never fits.
TEST(Budget, ANeedWithAnUnknownPartNeverFits) {
    const types::TflmArena arena{300, std::nullopt, "no figures", false, 300, 0};
    types::DeviceProfile device = budgetBoard();
    const auto roomy = footprint::sramBudget(arena, device);
    EXPECT_EQ(roomy.verdict(), types::Verdict::Unknown);
    EXPECT_FALSE(roomy.fits());
    EXPECT_FALSE(roomy.exceeds());
    EXPECT_NE(roomy.unknownReason.find("no figures"), std::string::npos);
    device.sramBytes = 349;
    EXPECT_EQ(footprint::sramBudget(arena, device).verdict(), types::Verdict::Exceeds);
}

TEST(Budget, ARefusedModelHasNoArena) {
    types::TflmArena arena;
    arena.isRefused = true;
    arena.unknownReason = "TFLM refuses #0 GELU: it has no kernel";
    const auto budget = footprint::sramBudget(arena, budgetBoard());
    ASSERT_EQ(budget.lines.size(), 2u);
    EXPECT_EQ(budget.usedBytes, 50);
    EXPECT_EQ(budget.verdict(), types::Verdict::Unknown);
    EXPECT_NE(budget.unknownReason.find("#0 GELU"), std::string::npos);
}

// Kernels that are not known may ask for more scratch there than those for the DSP extension.
TEST(Budget, TheArenaOfUnknownKernelsOnACoreWithHeliumIsALowerBound) {
    types::DeviceProfile device = budgetBoard();
    device.core = "Cortex-M55";
    device.runtime = "TFLM + CMSIS-NN (heliaCORE)";
    EXPECT_EQ(footprint::sramBudget({300, 100}, device).verdict(), types::Verdict::Unknown);
    device.runtime = "TFLM + CMSIS-NN";
    EXPECT_EQ(footprint::sramBudget({300, 100}, device).verdict(), types::Verdict::Fits);
}

TEST(Budget, TheArenaNamesItsKernels) {
    types::DeviceProfile device = budgetBoard();
    device.soc = "ESP32-S3";
    device.runtime = "TFLM + ESP-NN";
    device.runtimeVersion = "ESP-NN 1.2.3";
    const auto budget = footprint::sramBudget({300, 100}, device);
    EXPECT_EQ(budget.lines[0].source,
              "TFLM's greedy plan with the scratch of esp-nn@1.2.3 for ESP32-S3");
}

TEST(Budget, FlashStatesTheSpreadOfPublishedCode) {
    types::DeviceProfile device = budgetBoard();
    device.flashBytes = 300'000;
    const auto budget = footprint::flashBudget(600, device);
    ASSERT_TRUE(budget.published);
    EXPECT_EQ(budget.reservedBytes, 400);
    EXPECT_EQ(budget.mostBytes(), 600 + budget.published->mostBytes);
    EXPECT_TRUE(budget.fits());
    EXPECT_GT(budget.mostBytes(), budget.limitBytes);
    EXPECT_FALSE(budget.published->source.empty());
}

// A user who states the bytes of the own build knows them.
TEST(Budget, ALineOfTheUserEndsTheSpread) {
    types::DeviceProfile device = budgetBoard();
    device.reservedFlash[1].isUsers = true;
    EXPECT_FALSE(footprint::flashBudget(600, device).published);
    device.reservedFlash.clear();
    EXPECT_FALSE(footprint::flashBudget(600, device).published);
    EXPECT_EQ(footprint::flashBudget(600, device).mostBytes(), 600);
}

// The arena is one block: it does not fit where no region holds it, even if the sum of all does.
TEST(Budget, TheArenaMustLieInOneRegion) {
    types::DeviceProfile device = budgetBoard();
    EXPECT_TRUE(footprint::sramBudget({300, 0}, device).region.empty());
    device.regions = {{"SRAM", 200, "data sheet"}, {"DTCM", 300, "data sheet"}};
    const auto fits = footprint::sramBudget({150, 50}, device);
    EXPECT_EQ(fits.region, "SRAM");
    EXPECT_TRUE(fits.fits());
    EXPECT_EQ(fits.spareBytes(), 0);
    const auto second = footprint::sramBudget({201, 0}, device);
    EXPECT_EQ(second.region, "DTCM");
    EXPECT_TRUE(second.fits());
    const auto none = footprint::sramBudget({310, 0}, device);
    EXPECT_LE(none.usedBytes, none.limitBytes);
    EXPECT_FALSE(none.holdsBlock());
    EXPECT_FALSE(none.fits());
    EXPECT_EQ(none.spareBytes(), -10);
    EXPECT_EQ(none.region, "DTCM");
}

// The main region may be full of the arena: the stack lies in another.
TEST(Budget, RegionsBesideTheMainOneHoldTheRest) {
    types::DeviceProfile device = budgetBoard();
    device.regions = {{"SRAM", 500, "data sheet"}, {"DTCM", 100, "data sheet"}};
    const auto budget = footprint::sramBudget({400, 100}, device);
    EXPECT_EQ(budget.limitBytes, 600);
    EXPECT_EQ(budget.usedBytes, 550);
    EXPECT_TRUE(budget.fits());
    EXPECT_FALSE(footprint::sramBudget({401, 100}, device).fits());
}

TEST(Budget, EveryLineHasASource) {
    for (const auto& budget : {footprint::flashBudget(1, budgetBoard()),
                               footprint::sramBudget({1, std::nullopt}, budgetBoard())})
        for (const auto& line : budget.lines)
            EXPECT_FALSE(line.source.empty()) << line.what;
}

}  // namespace

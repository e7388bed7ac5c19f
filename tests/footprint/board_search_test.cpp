// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/board_search.h"

#include <gtest/gtest.h>

#include "zoo/graph_builder.h"

namespace {

using namespace types;

DevicePtr board(const char* id, double clockMhz, int64_t flash, int64_t sram) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = id;
    device->clockMhz = clockMhz;
    device->flashBytes = flash;
    device->sramBytes = sram;
    KernelCost row;
    row.kernel = row.dtype = "*";
    row.terms = {{"mac", 2}};
    row.relativeError = 0.1;
    device->kernels = {row};
    return device;
}

TEST(BoardSearch, ThoseThatFitComeFirstTheFastestFirst) {
    zoo::GraphBuilder build("dense", zoo::Precision::Int8);
    const GraphPtr graph = *build.finish({build.fullyConnected(build.input({1, 100}), 10)});
    const auto need = footprint::of(*graph, *board("any", 1, 0, 0), Runtime::Tflm);
    ASSERT_TRUE(need);
    const int64_t flash = need->flash.usedBytes, sram = need->sram.usedBytes;
    const auto matches = footprint::matchBoards(
        *graph, {board("tiny", 400, flash - 50, sram - 100), board("slow", 50, flash, sram),
                 board("fast", 200, flash, sram), board("nearly", 400, flash - 10, sram)});
    ASSERT_EQ(matches.size(), 4u);
    EXPECT_EQ(matches[0].device->id, "fast");
    EXPECT_EQ(matches[1].device->id, "slow");
    EXPECT_EQ(matches[2].device->id, "nearly");
    EXPECT_EQ(matches[3].device->id, "tiny");
    EXPECT_TRUE(matches[1].footprint.fits());
    EXPECT_EQ(matches[2].footprint.flashExcess(), 10);
    EXPECT_EQ(matches[3].footprint.sramExcess(), 100);
    EXPECT_EQ(matches[3].footprint.excessBytes(), 150);
    ASSERT_TRUE(matches[0].latencyUs);
    EXPECT_DOUBLE_EQ(matches[0].latencyUs->value, 2 * 1000 / 200.0);
}

TEST(BoardSearch, BoardsOfAnUnknownNeedComeBetween) {
    zoo::GraphBuilder build("dense", zoo::Precision::Int8);
    const GraphPtr graph = *build.finish({build.fullyConnected(build.input({1, 100}), 10)});
    const int64_t plenty = 1 << 20;
    DeviceProfile helium = *board("helium", 400, plenty, plenty);
    helium.core = "Cortex-M55";
    const auto matches = footprint::matchBoards(
        *graph, {std::make_shared<const DeviceProfile>(helium), board("small", 100, plenty, 10),
                 board("known", 100, plenty, plenty)});
    EXPECT_EQ(matches[0].device->id, "known");
    EXPECT_EQ(matches[1].device->id, "helium");
    EXPECT_EQ(matches[1].footprint.verdict(), Verdict::Unknown);
    EXPECT_FALSE(matches[1].footprint.unknownReason().empty());
    EXPECT_EQ(matches[2].device->id, "small");
}

}  // namespace

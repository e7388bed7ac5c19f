// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/reserved_lines.h"

#include <gtest/gtest.h>

namespace {

using cost::BoardMemory;
using cost::parseReserved;
using cost::withReserved;

types::DeviceProfile reserveBoard() {
    types::DeviceProfile device;
    device.reservedSram = {{"stack", 4096, "assumed"}};
    return device;
}

TEST(ReservedLines, ALineOfTheSameNameGivesWay) {
    const auto device = withReserved(reserveBoard(), BoardMemory::Sram, {"stack", 2048, "given"});
    ASSERT_EQ(device.reservedSram.size(), 1u);
    EXPECT_EQ(device.reservedSram[0].bytes, 2048);
    EXPECT_EQ(device.reservedSram[0].source, "given");
}

TEST(ReservedLines, AnotherNameIsAnotherLine) {
    const auto device = withReserved(reserveBoard(), BoardMemory::Flash, {"RTOS", 9000, "given"});
    EXPECT_EQ(device.reservedSram.size(), 1u);
    ASSERT_EQ(device.reservedFlash.size(), 1u);
    EXPECT_EQ(device.reservedFlash[0].what, "RTOS");
}

TEST(ReservedLines, NothingTakesTheLineOut) {
    EXPECT_TRUE(
        withReserved(reserveBoard(), BoardMemory::Sram, {"stack", 0, ""}).reservedSram.empty());
    EXPECT_TRUE(
        withReserved(reserveBoard(), BoardMemory::Flash, {"RTOS", 0, ""}).reservedFlash.empty());
}

TEST(ReservedLines, AreReadFromWords) {
    const auto line = parseReserved("stack = main=4096", "given");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->what, "stack = main");
    EXPECT_EQ(line->bytes, 4096);
    for (const char* text :
         {"", "stack", "=12", "stack=", "stack=-1", "stack=12k", "stack=99999999999999999999"})
        EXPECT_FALSE(parseReserved(text, "given")) << text;
}

}  // namespace

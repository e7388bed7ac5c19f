// SPDX-License-Identifier: GPL-3.0-or-later
// The firmware's log and the plugin's counts, whole and broken off.

#include "runners/qemu_log.h"

#include <gtest/gtest.h>

#include "runners/qemu_fault.h"

namespace {

using namespace runners;

TEST(QemuLog, ReadsOperatorsAndStatus) {
    const QemuLog log = readQemuLog(
        "netcaliper-log 1\ncore m4\nprogram bytes=10 arena=20 state=0\n"
        "op 0 ConvInt8 T5=0000002a\nop 2 Copy T7=ffffffff T8=00000001\noutputs T8=00000001\n"
        "end status=0\n");
    EXPECT_EQ(log.ops, (std::vector<int32_t>{0, 2}));
    EXPECT_EQ(log.checksums, (std::map<int32_t, uint32_t>{{5, 42}, {7, 0xffffffff}, {8, 1}}));
    EXPECT_EQ(log.status, 0u);
    EXPECT_FALSE(log.fault);
}

TEST(QemuLog, TellsWhereItCrashed) {
    const QemuLog log =
        readQemuLog("op 0 ConvInt8 T5=0000002a\nfault exception=3 status=00000400 op=7\n");
    ASSERT_TRUE(log.fault);
    EXPECT_EQ(log.fault->exception, 3u);
    EXPECT_EQ(log.fault->status, 0x400u);
    EXPECT_EQ(log.fault->op, 7);
    EXPECT_EQ(faultText(*log.fault), "HardFault: imprecise bus error");
    EXPECT_FALSE(log.status);
}

TEST(QemuLog, TellsTheMemoryOfARun) {
    const QemuLog log = readQemuLog("memory static=4 stack=708\nend status=0\n");
    ASSERT_TRUE(log.memory);
    EXPECT_EQ(log.memory->staticBytes, 4u);
    EXPECT_EQ(log.memory->stackBytes, 708u);
    EXPECT_FALSE(readQemuLog("memory stack=708\n").memory);
}

TEST(QemuFault, IsNamedWithItsCausesAndAddress) {
    const QemuLog log = readQemuLog("fault exception=7 status=02000200 address=71000000\n");
    ASSERT_TRUE(log.fault);
    EXPECT_FALSE(log.fault->op);
    EXPECT_EQ(faultText(*log.fault),
              "SecureFault: precise bus error, division by zero at 0x71000000");
    EXPECT_EQ(faultText({14, 0, {}, {}}), "exception 14");
}

TEST(QemuFault, OfRiscVIsNamedByItsCause) {
    const QemuLog log = readQemuLog("fault cause=5 address=f0000010 op=3\n");
    ASSERT_TRUE(log.fault);
    EXPECT_EQ(log.fault->op, 3);
    EXPECT_EQ(faultText(*log.fault), "trap: bus error while loading at 0xf0000010");
    EXPECT_EQ(faultText({0, 0, {}, {}, 11}), "trap 11");
}

TEST(QemuLog, LeavesOutWhatIsNoLog) {
    const QemuLog log = readQemuLog(
        "op\nop x y\nop 1 K T=1 Tx T9=zz T99999999999=1 T5x=1\nend\nend status=\nend "
        "status=ff\nfault op=a\n");
    EXPECT_EQ(log.ops, (std::vector<int32_t>{1}));
    EXPECT_TRUE(log.checksums.empty());
    EXPECT_FALSE(log.status);
}

TEST(QemuCounts, StopAtACutLine) {
    const auto rows = readCounts("21 1 2 3 4 5 6 \n10 1 2 \n");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0], (InstructionCounts{21, 1, 2, 3, 4, 5, 6}));
}

}  // namespace

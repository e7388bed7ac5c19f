// SPDX-License-Identifier: GPL-3.0-or-later
// Classes of instructions as the GNU assembler encodes them.

#include "qemu_plugin/instruction_class.h"

#include <gtest/gtest.h>

namespace {

using enum qemu_plugin::InstructionClass;

struct Case {
    uint16_t first, second;
    qemu_plugin::InstructionClass expected;
    const char* text;
};

constexpr Case kNarrow[] = {
    {0x4801, 0, Load, "ldr r0, [pc, #4]"},
    {0x5688, 0, Load, "ldrsb r0, [r1, r2]"},
    {0x5488, 0, Store, "strb r0, [r1, r2]"},
    {0x8848, 0, Load, "ldrh r0, [r1, #2]"},
    {0x6048, 0, Store, "str r0, [r1, #4]"},
    {0x9801, 0, Load, "ldr r0, [sp, #4]"},
    {0xb510, 0, Store, "push {r4, lr}"},
    {0xbd10, 0, Branch, "pop {r4, pc}"},
    {0xbc10, 0, Load, "pop {r4}"},
    {0xb128, 0, ConditionalBranch, "cbz r0"},
    {0xd0fd, 0, ConditionalBranch, "beq.n"},
    {0xe7fc, 0, Branch, "b.n"},
    {0x4770, 0, Branch, "bx lr"},
    {0xc806, 0, Load, "ldmia r0!, {r1, r2}"},
    {0xbf00, 0, Other, "nop"},
};

constexpr Case kWide[] = {
    {0xfb01, 0xf000, Other, "mul.w"},
    {0xe9d2, 0x0100, Load, "ldrd"},
    {0xe9c2, 0x0100, Store, "strd"},
    {0xe8bd, 0x8010, Branch, "ldmia.w sp!, {r4, pc}"},
    {0xe8b0, 0x0110, Load, "ldmia.w r0!, {r4, r8}"},
    {0xf43f, 0xafef, ConditionalBranch, "beq.w"},
    {0xf7ff, 0xffed, Branch, "bl"},
    {0xf8d0, 0x9004, Load, "ldr.w"},
    {0xf880, 0x9004, Store, "strb.w"},
    {0xfb21, 0x3002, MultiplyAccumulate, "smlad"},
    {0xfb21, 0xf002, Other, "smuad"},
    {0xfb11, 0x3002, MultiplyAccumulate, "smlabb"},
    {0xfb01, 0x3002, MultiplyAccumulate, "mla"},
    {0xfb82, 0x0103, Other, "smull"},
    {0xfbc2, 0x0103, MultiplyAccumulate, "smlal"},
    {0xfb51, 0x3012, MultiplyAccumulate, "smmlar"},
    {0xfb91, 0xf0f2, Other, "sdiv"},
    {0xfa2f, 0xf081, Other, "sxtb16"},
    {0xe8df, 0xf000, Branch, "tbb"},
    {0xeef0, 0x0f22, MultiplyAccumulate, "vmladava.s8"},
    {0xee80, 0x0e22, MultiplyAccumulate, "vmlaldava.s16"},
    {0xee23, 0x0e42, MultiplyAccumulate, "vmla.s32 q0, q1, r2"},
    {0xef02, 0x0c54, MultiplyAccumulate, "vfma.f32 q0, q1, q2"},
    {0xee33, 0x0e42, MultiplyAccumulate, "vfma.f32 q0, q1, r2"},
    {0xeea0, 0x0a81, MultiplyAccumulate, "vfma.f32 s0, s1, s2"},
    {0xee00, 0x0a81, MultiplyAccumulate, "vmla.f32 s0, s1, s2"},
    {0xecb0, 0x1e10, Load, "vldrb.8 q0, [r0], #16"},
    {0xed90, 0x0f00, Load, "vldrb.s32 q0, [r0]"},
    {0xfc90, 0x0f42, Load, "vldrw.32 q0, [r0, q1]"},
    {0xec80, 0x0f02, Store, "vstrb.32 q0, [r0, q1]"},
    {0xeca0, 0x1e10, Store, "vstrb.8 q0, [r0], #16"},
    {0xfc90, 0x1e00, Load, "vld20.8"},
    {0xec11, 0x0f00, Other, "vmov q0[2], q0[0], r0, r1"},
    {0xec41, 0x0b10, Other, "vmov d0, r0, r1"},
    {0xee20, 0x0b10, Other, "vmov.32 q0[1], r0"},
    {0xed90, 0x0a00, Load, "vldr s0, [r0]"},
    {0xed80, 0x0a00, Store, "vstr s0, [r0]"},
    {0xee03, 0x0e04, Other, "vmullb.s8"},
    {0xff22, 0x0b44, Other, "vqrdmulh.s32"},
    {0xeef9, 0x0f20, Other, "vaddva.s32"},
    {0xeeb0, 0x0f42, Other, "vmovlb.s16"},
    {0xee37, 0x0e03, Other, "vqmovnb.s32"},
    {0xf000, 0xe801, Other, "vctp.8"},
    {0xf040, 0xe001, Other, "dls"},
    {0xf040, 0xc003, ConditionalBranch, "wls"},
    {0xf00f, 0xc005, ConditionalBranch, "le"},
    {0xf01f, 0xc007, ConditionalBranch, "letp"},
    {0xee23, 0x0f42, Other, "vadd.i32 q0, q1, r2"},
};

struct RiscVCase {
    uint32_t code;
    qemu_plugin::InstructionClass expected;
    const char* text;
};

constexpr RiscVCase kRiscV[] = {
    {0x00158503, Load, "lb a0, 1(a1)"},
    {0x7ea5afa3, Store, "sw a0, 2047(a1)"},
    {0x00a58023, Store, "sb a0, 0(a1)"},
    {0x00b500e3, ConditionalBranch, "beq a0, a1"},
    {0x000010ef, Branch, "jal ra"},
    {0x008500e7, Branch, "jalr ra, 8(a0)"},
    {0x02b50533, Other, "mul a0, a0, a1"},
    {0x02b51533, Other, "mulh a0, a0, a1"},
    {0x00502013, Other, "slti x0, x0, 5"},
    {0x12345537, Other, "lui a0"},
    {0x34202573, Other, "csrr a0, mcause"},
    {0x4444, Load, "c.lw s1, 12(s0)"},
    {0xc444, Store, "c.sw s1, 12(s0)"},
    {0x4512, Load, "c.lwsp a0, 4(sp)"},
    {0xc22a, Store, "c.swsp a0, 4(sp)"},
    {0x2021, Branch, "c.jal"},
    {0xa021, Branch, "c.j"},
    {0xc481, ConditionalBranch, "c.beqz s1"},
    {0xe481, ConditionalBranch, "c.bnez s1"},
    {0x8082, Branch, "c.jr ra"},
    {0x9782, Branch, "c.jalr a5"},
    {0x852e, Other, "c.mv a0, a1"},
    {0x952e, Other, "c.add a0, a1"},
    {0x9002, Other, "c.ebreak"},
    {0x0505, Other, "c.addi a0, 1"},
    {0x0020, Other, "c.addi4spn s0, sp, 8"},
    {0x050a, Other, "c.slli a0, 2"},
    {0x68c5f543, MultiplyAccumulate, "fmadd.s fa0, fa1, fa2, fa3"},
    {0x10c5f553, Other, "fmul.s fa0, fa1, fa2"},
    {0x6108, Load, "c.flw fa0, 0(a0)"},
    {0xe040, Store, "c.fsw fs0, 4(s0)"},
    {0x1005a52f, Load, "lr.w a0, (a1)"},
    {0x00c5a52f, Store, "amoadd.w a0, a2, (a1)"},
};

TEST(InstructionClass, OfRiscV) {
    for (const RiscVCase& c : kRiscV)
        EXPECT_EQ(qemu_plugin::classifyRiscV(c.code), c.expected) << c.text;
}

TEST(InstructionClass, OfSixteenBits) {
    for (const Case& c : kNarrow)
        EXPECT_EQ(qemu_plugin::classify(c.first, c.second, false), c.expected) << c.text;
}

TEST(InstructionClass, OfThirtyTwoBits) {
    for (const Case& c : kWide)
        EXPECT_EQ(qemu_plugin::classify(c.first, c.second, true), c.expected) << c.text;
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Instructions counted by another emulator, in the form of our own counts.
#include "types/instruction_mix.h"

#include "importers/parts/join_layers.h"
#include "sample_log.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace importers {
namespace {

using types::Quantity;

TEST(InstructionCounts, BecomeLayersWithTheirMix) {
    const auto session = readSample("instruction_counts.csv");
    EXPECT_EQ(session.conditions.source, types::MeasurementSource::Emulator);
    EXPECT_EQ(session.conditions.runtime, "TFLM");
    EXPECT_EQ(session.conditions.kernels, "CMSIS-NN");
    EXPECT_EQ(session.conditions.core, "") << "nothing tells an M4 from an M7";
    const auto mixes = types::instructionMixes(session);
    ASSERT_EQ(mixes.size(), 5u);
    EXPECT_EQ(mixes[0].instructions, 5000 + 210 + 1900 + 3000);
    EXPECT_EQ(mixes[1].op, "CONV_2D");
    EXPECT_DOUBLE_EQ(*mixes[1].instructionsPerMac(), 5000.0 / 1728);
    ASSERT_TRUE(mixes[1].classes);
    EXPECT_EQ(*mixes[1].classes, (std::array<double, 6>{1200, 300, 900, 260, 120, 2220}));
}

TEST(InstructionCounts, ARowThatDoesNotSumIsLeftOut) {
    const auto session = readSample("instruction_counts.csv");
    EXPECT_TRUE(hasWarning(session, "1 rows are left out"));
}

constexpr const char* kHeader =
    "op_index,op,macs,instructions,loads,stores,macs_insn,branches,branches_taken,other\n";

TEST(InstructionCounts, ARowThatComesTwiceCountsOnce) {
    const std::string row = "0,ADD,0,5,1,1,0,1,1,2\n";
    const auto imported = readLogBytes("counts.csv", kHeader + row + row, {});
    ASSERT_TRUE(imported);
    const auto& session = imported->sessions.at(0);
    EXPECT_TRUE(hasWarning(session, "1 rows are left out"));
    for (const auto& mix : types::instructionMixes(session))
        EXPECT_EQ(mix.instructions, 5) << mix.op;
}

TEST(InstructionCounts, NoUsableRowIsAnError) {
    const auto imported =
        readLogBytes("counts.csv", std::string(kHeader) + "0,ADD,0,5,1,1,1,1,1,9\n", {});
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("sum"), std::string::npos);
}

TEST(InstructionCounts, OfTflmJoinTheirModelLayerByLayer) {
    SKIP_WITHOUT_SHARED();
    const auto shared = *support::sharedDir();
    const auto graph = tflite::read((shared / "models/mlpt_kws_int8.tflite").string());
    ASSERT_TRUE(graph);
    for (const char* core : {"m4", "m7", "m55"}) {
        const auto session =
            readSession(shared / "qemu" / (std::string("mlpt_kws_int8.") + core + ".cmsis.csv"));
        EXPECT_TRUE(joinLayers(session, **graph).complete()) << core;
        const auto joined = joinedTo(session, **graph);
        EXPECT_TRUE(joined.warnings.empty()) << core;
        EXPECT_EQ(types::instructionMixes(joined).size(), (*graph)->ops.size() + 1);
        EXPECT_EQ(joined.conditions.core, core == std::string("m55") ? "Cortex-M55" : "");
    }
}

}  // namespace
}  // namespace importers

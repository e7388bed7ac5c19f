// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/instruction_mix.h"

#include <gtest/gtest.h>

namespace {

using namespace types;

void addCounts(Session& session, const std::string& key, std::optional<int32_t> layer,
               std::vector<double> total) {
    session.measurements.push_back(
        {key, layer, layer ? "CONV_2D" : "", Quantity::Instructions, std::move(total), false, ""});
}

void addPart(Session& session, const std::string& key, const char* part,
             std::optional<int32_t> layer, std::vector<double> samples) {
    session.measurements.push_back({keyWithin(key, part), layer, layer ? "CONV_2D" : "",
                                    Quantity::Count, std::move(samples), false, ""});
}

TEST(InstructionMix, IsPutTogetherFromItsMeasurements) {
    Session session;
    addCounts(session, "#0 CONV_2D", 0, {100, 110});
    for (const char* name : kInstructionClasses)
        addPart(session, "#0 CONV_2D", name, 0, {10, 20});
    addPart(session, "#0 CONV_2D", kMacsOfLayer, 0, {50});
    addCounts(session, kWhole, {}, {105});
    session.measurements.push_back({"#0 CONV_2D", 0, "CONV_2D", Quantity::Cycles, {210}, true, ""});

    const auto mixes = instructionMixes(session);
    ASSERT_EQ(mixes.size(), 2u);
    EXPECT_FALSE(mixes[0].layer) << "the whole comes first";
    EXPECT_FALSE(mixes[0].classes);
    EXPECT_FALSE(mixes[0].instructionsPerMac());
    EXPECT_EQ(mixes[1].layer, 0);
    EXPECT_EQ(mixes[1].instructions, 105);
    EXPECT_DOUBLE_EQ(*mixes[1].instructionsPerMac(), 2.1);
    ASSERT_TRUE(mixes[1].classes);
    for (const double count : *mixes[1].classes)
        EXPECT_EQ(count, 15);
    EXPECT_EQ(mixes[1].cycles, 210);
    EXPECT_FALSE(mixes[1].latencyUs);
}

TEST(InstructionMix, ALayerWithoutMacsHasNoRatio) {
    Session session;
    addCounts(session, "#0 CONV_2D", 0, {100});
    addPart(session, "#0 CONV_2D", kMacsOfLayer, 0, {0});
    EXPECT_FALSE(instructionMixes(session).at(0).instructionsPerMac());
}

TEST(InstructionMix, OfASessionWithoutCountsIsEmpty) {
    Session session;
    session.measurements.push_back({kWhole, {}, "", Quantity::LatencyUs, {1}, false, ""});
    session.measurements.push_back({"#1 ADD", 1, "ADD", Quantity::Instructions, {}, false, ""});
    EXPECT_TRUE(instructionMixes(session).empty());
}

TEST(InstructionMix, PartsOfALayerAreToldFromItsOwn) {
    EXPECT_EQ(partOf({"#2 ADD/loads", 2, "ADD", Quantity::Count, {}, false, ""}), "/loads");
    EXPECT_EQ(partOf({"#2 ADD", 2, "ADD", Quantity::Count, {}, false, ""}), "");
    EXPECT_EQ(partOf({"#2 a/b", 2, "a/b", Quantity::Count, {}, false, ""}), "");
    EXPECT_EQ(partOf({"memory/arena", {}, "", Quantity::Bytes, {}, false, ""}), "");
}

}  // namespace

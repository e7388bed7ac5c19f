// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models on every emulated core: outputs as on this machine (the runner compares), counts
// the same every time, their classes summing to the total, and the memory they take.

#include <numeric>

#include "boards.h"
#include "golden_model.h"
#include "types/instruction_mix.h"
#include "zoo/reference_models.h"

namespace {

using types::Quantity;

class EmulatedRuns : public testing::TestWithParam<test::Board> {};

INSTANTIATE_TEST_SUITE_P(Boards, EmulatedRuns, testing::ValuesIn(test::kAllBoards),
                         [](const auto& board) { return std::string(board.param.name); });

double sampleOf(const types::Session& session, const std::string& key, Quantity quantity) {
    for (const types::Measurement& m : session.measurements)
        if (m.key == key && m.quantity == quantity) return m.samples.at(0);
    ADD_FAILURE() << "no measurement " << key;
    return 0;
}

TEST_P(EmulatedRuns, AreRepeatable) {
    SKIP_WITHOUT_BOARD(GetParam());
    const auto graph = test::golden("graph_classifier_int8_00.tflite");
    const auto first = test::runOn(GetParam(), graph), second = test::runOn(GetParam(), graph);
    ASSERT_TRUE(first.has_value()) << first.error().message();
    ASSERT_TRUE(second.has_value()) << second.error().message();
    EXPECT_EQ(first->measurements, second->measurements);
    EXPECT_GT(sampleOf(*first, types::kWhole, Quantity::Instructions), 1000);
}

TEST_P(EmulatedRuns, ClassesSumToTheTotal) {
    SKIP_WITHOUT_BOARD(GetParam());
    const auto session = test::runOn(GetParam(), test::golden("graph_residual_int16_00.tflite"));
    ASSERT_TRUE(session.has_value()) << session.error().message();
    const auto mixes = types::instructionMixes(*session);
    ASSERT_GT(mixes.size(), 2u);
    double layers = 0;
    for (const types::InstructionMix& mix : mixes) {
        ASSERT_TRUE(mix.classes);
        EXPECT_EQ(std::accumulate(mix.classes->begin(), mix.classes->end(), 0.0), mix.instructions);
        EXPECT_TRUE(mix.macs);
        if (mix.layer) layers += mix.instructions;
    }
    EXPECT_EQ(layers, sampleOf(*session, types::kWhole, Quantity::Instructions));
}

// A Cortex-M saves up to nine registers per call, RISC-V up to thirteen.
TEST_P(EmulatedRuns, TakeAboutAKibibyteBesideTheArena) {
    SKIP_WITHOUT_BOARD(GetParam());
    const auto keywords = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(keywords.has_value());
    const auto session = test::runOn(GetParam(), *keywords);
    ASSERT_TRUE(session.has_value()) << session.error().message();
    const double stack = sampleOf(*session, "memory/stack", Quantity::Bytes);
    const double beside = sampleOf(*session, "memory/RAM beyond the arena", Quantity::Bytes);
    EXPECT_EQ(sampleOf(*session, "memory/static data", Quantity::Bytes) + stack, beside);
    EXPECT_GT(stack, 100);
    EXPECT_LE(beside, GetParam().emulated == test::kRv32.emulated ? 1536 : 1024);
    RecordProperty("ram_beyond_arena", std::to_string(beside));
}

// No layers of a Cortex-M0+ or RISC-V chip are published from which a ratio could be made.
class EstimatedCycles : public EmulatedRuns {};

INSTANTIATE_TEST_SUITE_P(Boards, EstimatedCycles, testing::ValuesIn(test::kBoards),
                         [](const auto& board) { return std::string(board.param.name); });

TEST_P(EstimatedCycles, NeedNoBoard) {
    SKIP_WITHOUT_BOARD(GetParam());
    const auto session = test::runOn(GetParam(), test::golden("graph_classifier_int8_00.tflite"));
    ASSERT_TRUE(session.has_value()) << session.error().message();
    const double instructions = sampleOf(*session, types::kWhole, Quantity::Instructions);
    EXPECT_GT(sampleOf(*session, types::kWhole, Quantity::Cycles), instructions);
    for (const types::Measurement& m : session->measurements) {
        EXPECT_NE(m.quantity, Quantity::LatencyUs) << "no clock is known";
        EXPECT_EQ(m.estimated, m.quantity == Quantity::Cycles) << m.key;
    }
}

TEST_P(EmulatedRuns, GiveTheOutputsOfThisMachine) {
    SKIP_WITHOUT_BOARD(GetParam());
    for (const char* name :
         {"stream_int8_00.tflite", "while_int8_00.tflite", "graph_bottleneck_int16_00.tflite",
          "graph_inception_int8_00.tflite", "graph_unet_int8_00.tflite",
          "graph_quant_bridge_int8_00.tflite", "unidirectional_sequence_lstm_int8_00.tflite",
          "svdf_int8_00.tflite"}) {
        const auto session = test::runOn(GetParam(), test::golden(name));
        EXPECT_TRUE(session.has_value()) << name << ": " << session.error().message();
    }
}

}  // namespace

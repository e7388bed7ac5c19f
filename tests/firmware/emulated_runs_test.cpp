// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models on every emulated core: outputs as on this machine (the runner compares), counts
// the same every time, their classes summing to the total; and what happens when things go wrong.

#include <cstdlib>

#include "boards.h"
#include "lowering/execution.h"
#include "tflite/read.h"

namespace {

using types::Quantity;

class EmulatedRuns : public testing::TestWithParam<test::Board> {};

INSTANTIATE_TEST_SUITE_P(Boards, EmulatedRuns, testing::ValuesIn(test::kBoards),
                         [](const auto& board) { return std::string(board.param.name); });

types::GraphPtr golden(const std::string& name) {
    const auto graph =
        tflite::read(std::string(NETCALIPER_SOURCE_DIR) + "/tests/golden/models/" + name);
    EXPECT_TRUE(graph.has_value()) << name;
    return graph ? *graph : nullptr;
}

double sampleOf(const types::Session& session, const std::string& key, Quantity quantity) {
    for (const types::Measurement& m : session.measurements)
        if (m.key == key && m.quantity == quantity) return m.samples.at(0);
    ADD_FAILURE() << "no measurement " << key;
    return 0;
}

TEST_P(EmulatedRuns, AreRepeatable) {
    SKIP_WITHOUT_EMULATOR();
    const auto graph = golden("graph_classifier_int8_00.tflite");
    const auto first = test::runOn(GetParam(), graph), second = test::runOn(GetParam(), graph);
    ASSERT_TRUE(first.has_value()) << first.error().message();
    ASSERT_TRUE(second.has_value()) << second.error().message();
    EXPECT_EQ(first->measurements, second->measurements);
    EXPECT_GT(sampleOf(*first, types::kWhole, Quantity::Instructions), 1000);
}

TEST_P(EmulatedRuns, ClassesSumToTheTotal) {
    SKIP_WITHOUT_EMULATOR();
    const auto session = test::runOn(GetParam(), golden("graph_residual_int16_00.tflite"));
    ASSERT_TRUE(session.has_value()) << session.error().message();
    double classes = 0, layers = 0;
    for (const types::Measurement& m : session->measurements) {
        if (m.quantity == Quantity::Count && !m.layer) classes += m.samples.at(0);
        if (m.quantity == Quantity::Instructions && m.layer) layers += m.samples.at(0);
    }
    const double whole = sampleOf(*session, types::kWhole, Quantity::Instructions);
    EXPECT_EQ(classes, whole);
    EXPECT_EQ(layers, whole);
}

TEST_P(EmulatedRuns, GiveTheOutputsOfThisMachine) {
    SKIP_WITHOUT_EMULATOR();
    for (const char* name :
         {"graph_bottleneck_int16_00.tflite", "graph_inception_int8_00.tflite",
          "graph_unet_int8_00.tflite", "graph_quant_bridge_int8_00.tflite",
          "unidirectional_sequence_lstm_int8_00.tflite", "svdf_int8_00.tflite"}) {
        const auto session = test::runOn(GetParam(), golden(name));
        EXPECT_TRUE(session.has_value()) << name << ": " << session.error().message();
    }
}

TEST(EmulatorErrors, CancelEndsTheRun) {
    SKIP_WITHOUT_EMULATOR();
    std::stop_source stop;
    stop.request_stop();
    runners::RunRequest request;
    request.graph = golden("graph_classifier_int8_00.tflite");
    const auto session = runners::runOnQemuM4("", request, stop.get_token(), {});
    ASSERT_FALSE(session.has_value());
    EXPECT_EQ(session.error().what, runners::kCancelled);
}

TEST(EmulatorErrors, SilenceEndsTheRun) {
    SKIP_WITHOUT_EMULATOR();
    runners::RunRequest request;
    request.graph = golden("graph_classifier_int8_00.tflite");
    request.timeoutS = 0;
    const auto session = runners::runOnQemuM4("", request, {}, {});
    ASSERT_FALSE(session.has_value());
    EXPECT_NE(session.error().what.find("silent"), std::string::npos) << session.error().message();
}

TEST(EmulatorErrors, MissingToolsNameTheirPackages) {
    runners::RunRequest request;
    request.graph = golden("graph_classifier_int8_00.tflite");
    setenv("NETCALIPER_EMULATOR", "/nonexistent", 1);
    const auto session = runners::runOnQemuM4("", request, {}, {});
    unsetenv("NETCALIPER_EMULATOR");
    ASSERT_FALSE(session.has_value());
    EXPECT_NE(session.error().remedy.find("qemu-system-arm"), std::string::npos);
}

}  // namespace

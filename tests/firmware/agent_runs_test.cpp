// SPDX-License-Identifier: GPL-3.0-or-later
// The resident agent end to end: `serial:` finds it on an emulated STM32F405 behind a
// pseudo-terminal, sends it models, and compares every layer's output with this machine's. The
// instructions that it executes are those of the semihosted Cortex-M4 board.

#include "boards.h"
#include "emulated_agent.h"
#include "golden_model.h"
#include "runners/runner.h"
#include "zoo/reference_models.h"

namespace {

using types::Quantity;

runners::RunRequest requestFor(types::GraphPtr graph, int repeats) {
    runners::RunRequest request;
    request.graph = std::move(graph);
    request.repeats = repeats;
    request.timeoutS = 120;
    return request;
}

const types::Measurement* find(const types::Session& session, const std::string& key,
                               Quantity quantity) {
    for (const types::Measurement& m : session.measurements)
        if (m.key == key && m.quantity == quantity) return &m;
    return nullptr;
}

TEST(AgentRuns, GiveTheOutputsOfThisMachineAndTheCountsOfTheOtherBoard) {
    SKIP_WITHOUT_EMULATED_AGENT();
    SKIP_WITHOUT_EMULATOR();
    const auto graph = test::golden("graph_classifier_int8_00.tflite");
    test::EmulatedAgent agent;
    const auto session = runners::runOn(agent.target(), requestFor(graph, 2));
    ASSERT_TRUE(session) << session.error().message();
    EXPECT_EQ(session->conditions.board, "netduinoplus2");
    EXPECT_EQ(session->conditions.source, types::MeasurementSource::Emulator);
    const auto* whole = find(*session, types::kWhole, Quantity::Ticks);
    ASSERT_NE(whole, nullptr);
    EXPECT_EQ(whole->samples.size(), 2u);
    EXPECT_NE(find(*session, "memory/arena used", Quantity::Bytes), nullptr);
    // Four invokes ran: one for the high-water mark, two timed, one for the checksums.
    const auto counts = agent.counts();
    const size_t ops = graph->ops.size();
    ASSERT_EQ(counts.size(), 4 * ops);
    int64_t counted = 0;
    for (size_t op = 0; op < ops; ++op)
        counted += counts[ops + op].total;
    const auto other = test::runOn(test::kBoards[0], graph);
    ASSERT_TRUE(other) << other.error().message();
    const double expected = find(*other, types::kWhole, Quantity::Instructions)->samples.at(0);
    EXPECT_NEAR(static_cast<double>(counted), expected, 0.01 * expected);
}

TEST(AgentRuns, OneAgentMeasuresModelAfterModel) {
    SKIP_WITHOUT_EMULATED_AGENT();
    test::EmulatedAgent agent;
    for (const char* name : {"stream_int8_00.tflite", "graph_residual_int16_00.tflite",
                             "while_int8_00.tflite", "svdf_int8_00.tflite"}) {
        const auto session = runners::runOn(agent.target(), requestFor(test::golden(name), 1));
        ASSERT_TRUE(session) << name << ": " << session.error().message();
        EXPECT_GT(session->measurements.size(), 5u);
    }
}

TEST(AgentRuns, AnUnpluggedBoardIsReported) {
    SKIP_WITHOUT_EMULATED_AGENT();
    test::EmulatedAgent agent;
    std::jthread pull([&](std::stop_token stop) {
        // Something has run, and there is more to run.
        while (agent.counts().empty() && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        agent.end();
    });
    const auto session = runners::runOn(
        agent.target(), requestFor(test::golden("graph_classifier_int8_00.tflite"), 2'000));
    pull.request_stop();
    pull.join();
    ASSERT_FALSE(session);
    EXPECT_NE(session.error().what.find("disconnected"), std::string::npos)
        << session.error().message();
}

}  // namespace

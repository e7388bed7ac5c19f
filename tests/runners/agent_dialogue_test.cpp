// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation with the resident agent over a simulated line: every fault of line and board is
// recovered or reported, and no result is wrong.
#include "runners/agent_dialogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "firmware/agent/check_program.h"
#include "firmware/agent/kernel_list_mark.h"
#include "runners/agent_session.h"
#include "simulated_agent.h"
#include "tflite/read.h"

namespace {

using runners::AgentDialogue;
using runners::AgentRun;
using test::Noise;
using test::SimulatedBoard;
using types::Result;

runners::RunRequest goldenRequest(const std::string& name, int repeats = 1) {
    runners::RunRequest request;
    const auto graph = tflite::read(std::string(NETCALIPER_SOURCE_DIR) + "/tests/golden/models/" +
                                    name + ".tflite");
    EXPECT_TRUE(graph) << graph.error().message();
    request.graph = graph ? *graph : nullptr;
    request.repeats = repeats;
    return request;
}

struct Talk {
    runners::RunRequest request;
    runners::AgentSettings settings;
    std::function<void(firmware::AgentInfo&)> change = [](auto&) {};  ///< of what the agent said

    Talk(runners::RunRequest r, uint32_t session = 77) : request(std::move(r)) {
        settings.device = "line";
        settings.session = session;
        settings.silenceS = 5;
    }
    AgentDialogue dialogue() const {
        return AgentDialogue(settings, [*this](const firmware::AgentInfo& told) {
            firmware::AgentInfo info = told;
            change(info);
            return runners::makeAgentJob(request, info);
        });
    }
    Result<AgentRun> with(SimulatedBoard& board, const Noise& noise = {},
                          const std::function<void()>& onQuestion = {}) const {
        auto talk = dialogue();
        test::converse(talk, board, noise, onQuestion);
        EXPECT_TRUE(talk.isDone());
        if (talk.isAbsent()) return types::fail("absent");
        return std::move(talk).result();
    }
};

/// Session of a run, or the Error of either.
Result<types::Session> sessionOf(const Talk& talk, const Result<AgentRun>& run) {
    if (!run) return tl::unexpected(run.error());
    return runners::makeAgentSession(talk.request, *run);
}

TEST(AgentDialogue, MeasuresEveryKindOfModel) {
    for (const char* name :
         {"graph_classifier_int8_00", "graph_residual_int16_00", "stream_int8_00", "while_int8_00",
          "circular_buffer_stream", "decode_lut_int8_00", "unidirectional_sequence_lstm_int8_00",
          "svdf_int8_00", "conv_2d_float32_01"}) {
        SimulatedBoard board;
        const Talk talk(goldenRequest(name, 2));
        const auto run = talk.with(board);
        const auto session = sessionOf(talk, run);
        ASSERT_TRUE(session) << name << ": " << session.error().message();
        EXPECT_EQ(run->repeated, 0u);
        EXPECT_EQ(run->baud, 2'000'000u);
        const auto isWhole = [](const types::Measurement& m) { return m.key == types::kWhole; };
        const auto whole = std::ranges::find_if(session->measurements, isWhole);
        ASSERT_NE(whole, session->measurements.end()) << name;
        EXPECT_EQ(whole->samples.size(), 2u) << name;
        EXPECT_LE(run->marked.arenaBytes, run->job.made.arenaBytes) << name;
        EXPECT_GT(run->marked.arenaBytes, 0u) << name;
    }
}

TEST(AgentDialogue, AThousandFramesWithFaults) {
    const Talk clean(goldenRequest("graph_classifier_int8_00", 2));
    SimulatedBoard perfect;
    const auto expected = clean.with(perfect);
    ASSERT_TRUE(expected) << expected.error().message();
    uint32_t frames = 0, recovered = 0, reported = 0, repeated = 0;
    for (uint32_t seed = 1; frames < 1000 || seed <= 40; ++seed) {
        SimulatedBoard board;
        // Up to one damaged byte in a thousand, at times more than a line can have.
        const double level = seed % 10 == 0 ? 3e-3 : seed % 4 * 1.5e-4;
        const Noise noise{level, level / 2, level / 2, seed % 3 == 0 ? 0.03 : 0.0, seed};
        const Talk talk(clean.request, seed * 0x10001);
        const auto run = talk.with(board, noise);
        frames += board.questions;
        if (!run) {
            ++reported;
            EXPECT_FALSE(run.error().what.empty());
            continue;
        }
        ++recovered;
        repeated += run->repeated;
        ASSERT_EQ(run->invokes.size(), expected->invokes.size());
        for (size_t i = 0; i < run->invokes.size(); ++i) {
            const auto &rows = run->invokes[i].rows, &right = expected->invokes[i].rows;
            ASSERT_EQ(rows.size(), right.size());
            for (size_t r = 0; r < rows.size(); ++r) {
                ASSERT_EQ(rows[r].op, right[r].op);
                ASSERT_EQ(rows[r].tensor, right[r].tensor);
                ASSERT_EQ(rows[r].checksum, right[r].checksum);
            }
        }
        ASSERT_EQ(run->marked.arenaBytes, expected->marked.arenaBytes);
        ASSERT_TRUE(sessionOf(talk, run)) << sessionOf(talk, run).error().message();
    }
    EXPECT_GE(frames, 1000u);
    EXPECT_GT(repeated, 100u);
    EXPECT_GT(recovered, 3 * reported);
    EXPECT_GT(reported, 0u);
    RecordProperty("recovered", std::to_string(recovered));
    RecordProperty("reported", std::to_string(reported));
}

TEST(AgentDialogue, KeepsStateOverLostAnswers) {
    // A run that is asked for again must not move the state on.
    const Talk talk(goldenRequest("stream_int8_00", 6));
    for (uint32_t seed = 1; seed < 10; ++seed) {
        SimulatedBoard board;
        const auto session = sessionOf(talk, talk.with(board, {2e-3, 1e-3, 0, 0, seed}));
        if (session) continue;
        EXPECT_EQ(session.error().what.find("differs"), std::string::npos)
            << session.error().message();
    }
}

TEST(AgentDialogue, NobodyThere) {
    SimulatedBoard board;
    board.isSilent = true;
    auto dialogue = Talk(goldenRequest("graph_classifier_int8_00")).dialogue();
    EXPECT_LT(test::converse(dialogue, board), 4);
    EXPECT_TRUE(dialogue.isAbsent());
    EXPECT_FALSE(dialogue.hasMet());
}

TEST(AgentDialogue, ALateAnswerIsWelcome) {
    SimulatedBoard board;
    auto dialogue = Talk(goldenRequest("graph_classifier_int8_00")).dialogue();
    std::vector<uint8_t> late;
    double now = 0;
    for (; !dialogue.isDone(); now += 0.05)
        if (const auto bytes = dialogue.poll(now).bytes; !bytes.empty())
            late = board.exchange(bytes);
    ASSERT_TRUE(dialogue.isAbsent());
    dialogue.hear(late);
    ASSERT_TRUE(dialogue.hasMet());
    test::converse(dialogue, board);
    const auto run = std::move(dialogue).result();
    EXPECT_TRUE(run) << run.error().message();
}

TEST(AgentDialogue, TheOtherRateIsTriedToo) {
    SimulatedBoard board;
    Talk talk(goldenRequest("graph_classifier_int8_00"));
    talk.settings.rates = {921'600, 115'200};
    talk.settings.wantedBaud = 921'600;
    auto dialogue = talk.dialogue();
    double now = 0;
    uint32_t baud = 921'600;
    for (; !dialogue.isDone() && now < 100; now += 0.05) {
        const auto output = dialogue.poll(now);
        if (output.baud) baud = *output.baud;
        if (baud == board.baud) dialogue.hear(board.exchange(output.bytes));
    }
    const auto run = std::move(dialogue).result();
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_EQ(run->baud, 921'600u);
}

TEST(AgentDialogue, WhatIsThereIsNotSentAgain) {
    SimulatedBoard board;
    const Talk talk(goldenRequest("graph_classifier_int8_00"));
    ASSERT_TRUE(talk.with(board));
    const uint32_t writes = board.writes;
    EXPECT_GT(writes, 0u);
    ASSERT_TRUE(Talk(talk.request, 78).with(board));
    EXPECT_EQ(board.writes, writes);
}

TEST(AgentDialogue, ResumesAProgramThatWasSentInPart) {
    SimulatedBoard board;
    const Talk talk(goldenRequest("graph_classifier_int8_00"));
    {
        auto dialogue = talk.dialogue();
        for (double now = 0; board.writes < 2; now += 0.05)
            dialogue.hear(board.exchange(dialogue.poll(now).bytes));
    }
    board.writes = 0;
    const auto run = Talk(talk.request, 78).with(board);
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_EQ(board.writes,
              (run->job.program.size() + firmware::kChunk - 1) / firmware::kChunk - 2);
}

TEST(AgentDialogue, RunsFromFlashWhereTheRamIsTooSmall) {
    SimulatedBoard board(2'000, 64 << 10);
    const Talk talk(goldenRequest("graph_classifier_int8_00"));
    const auto run = talk.with(board);
    ASSERT_TRUE(sessionOf(talk, run)) << run.error().message();
    EXPECT_EQ(run->job.store, firmware::Store::Flash);
}

TEST(AgentDialogue, ModelsThatDoNotFitAreRefusedInWords) {
    SimulatedBoard board(2'000);
    const auto run = Talk(goldenRequest("graph_classifier_int8_00")).with(board);
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("simulated has 2 KiB for it"), std::string::npos)
        << run.error().message();
}

TEST(AgentDialogue, AnotherBuildIsNamed) {
    SimulatedBoard board;
    Talk talk(goldenRequest("graph_classifier_int8_00"));
    talk.change = [](firmware::AgentInfo& info) { info.kernelList ^= 1; };
    const auto run = talk.with(board);
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("built from other sources"), std::string::npos)
        << run.error().message();
}

TEST(AgentDialogue, AnotherProtocolIsNamed) {
    auto dialogue = Talk(goldenRequest("graph_classifier_int8_00")).dialogue();
    firmware::FrameReader reader;
    std::vector<uint8_t> answer;
    for (const uint8_t byte : dialogue.poll(0).bytes)
        if (reader.take(byte)) {
            firmware::Frame frame = reader.frame();
            frame.head.kind |= firmware::kAnswer;
            frame.set(firmware::Hello{firmware::kAgentMagic, 9, 0});
            const auto push = [](void* to, uint8_t b) {
                static_cast<std::vector<uint8_t>*>(to)->push_back(b);
            };
            firmware::sendFrame(frame, push, &answer);
        }
    dialogue.hear(answer);
    dialogue.poll(0.1);
    ASSERT_TRUE(dialogue.isDone());
    const auto run = std::move(dialogue).result();
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().what, "agent on the board speaks protocol 9, this program 1");
}

TEST(AgentDialogue, ABoardThatHangsIsReported) {
    SimulatedBoard board;
    const auto run = Talk(goldenRequest("graph_classifier_int8_00")).with(board, {}, [&] {
        if (board.questions > 12) board.isSilent = true;
    });
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("does not answer any more"), std::string::npos)
        << run.error().message();
}

TEST(AgentDialogue, ABoardThatIsResetAgainAndAgainIsReported) {
    SimulatedBoard board;
    const auto run = Talk(goldenRequest("graph_classifier_int8_00")).with(board, {}, [&] {
        if (board.questions % 7 == 6) board.reset();
    });
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("reset again and again"), std::string::npos)
        << run.error().message();
}

TEST(AgentDialogue, ACrashIsNamedWithItsLayer) {
    SimulatedBoard board;
    bool hasCrashed = false;
    const Talk talk(goldenRequest("graph_classifier_int8_00"));
    const auto run = talk.with(board, {}, [&] {
        if (board.questions < 12 || std::exchange(hasCrashed, true)) return;
        board.reset();
        board.crash = {3, 0x8200, 0xf0000000, 1};
    });
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().what, "agent crashed (HardFault: precise bus error at 0xf0000000)");
    EXPECT_EQ(run.error().where, types::opLabel(*talk.request.graph, 1));
}

TEST(AgentDialogue, GarbageIsNamedAsSuch) {
    SimulatedBoard board;
    auto dialogue = Talk(goldenRequest("graph_classifier_int8_00")).dialogue();
    for (double now = 0; !dialogue.isDone() && now < 1000; now += 0.05) {
        const auto output = dialogue.poll(now);
        auto answer = board.exchange(output.bytes);
        if (board.questions > 12)
            for (uint8_t& byte : answer)
                byte |= 0x81;
        dialogue.hear(answer);
    }
    const auto run = std::move(dialogue).result();
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("board answers garbage"), std::string::npos)
        << run.error().message();
}

TEST(AgentCheck, DamagedProgramsAreRefusedNotRun) {
    // The upper byte of every number in a Program's tables, changed in turn.
    const auto job = runners::makeAgentJob(goldenRequest("graph_classifier_int8_00"), [] {
        firmware::AgentInfo info;
        info.programVersion = runtime::kProgramVersion;
        info.kernelList = firmware::kernelListMark();
        info.ramBytes = 1 << 20;
        return info;
    }());
    ASSERT_TRUE(job) << job.error().message();
    const auto& program = *reinterpret_cast<const runtime::Program*>(job->program.data());
    size_t refused = 0, changes = 0;
    for (uint32_t at = 3; at < program.bytes; at += 4) {
        // Constants and parameters are the kernels' own; they lie before the tables.
        if (at > sizeof program && at < program.ops.offset) continue;
        ++changes;
        auto damaged = job->program;
        damaged[at] ^= 0x80;
        const auto& changed = *reinterpret_cast<const runtime::Program*>(damaged.data());
        refused += firmware::checkProgram(changed, static_cast<uint32_t>(damaged.size()),
                                          runtime::referenceKernels())
                       .isRefused();
    }
    EXPECT_FALSE(firmware::checkProgram(program, static_cast<uint32_t>(job->program.size()),
                                        runtime::referenceKernels())
                     .isRefused());
    // Others are for information only, such as indices in the model.
    EXPECT_GT(refused, changes / 2);
}

TEST(AgentFrame, AnyBytesComeBackAsTheyWere) {
    std::mt19937 random(7);
    for (const uint32_t size :
         {0u, 1u, 5u, 245u, 246u, 247u, 253u, 254u, 255u, 508u, 1000u, firmware::kMaxBody}) {
        for (const uint32_t zeros : {0u, 1u, 2u, 50u}) {
            firmware::Frame frame;
            frame.head = {1, 0, 2, 3};
            frame.bodyBytes = size;
            for (uint32_t i = 0; i < size; ++i)
                frame.body[i] = zeros && random() % zeros == 0 ? 0 : random() % 255 + 1;
            std::vector<uint8_t> line;
            firmware::sendFrame(
                frame,
                [](void* to, uint8_t b) { static_cast<std::vector<uint8_t>*>(to)->push_back(b); },
                &line);
            firmware::FrameReader reader;
            reader.take(0x33);  // noise before
            bool came = false;
            for (const uint8_t byte : line)
                came = reader.take(byte) || came;
            ASSERT_TRUE(came) << size << " " << zeros;
            ASSERT_EQ(reader.frame().bodyBytes, size);
            ASSERT_EQ(std::memcmp(reader.frame().body, frame.body, size), 0);
        }
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Failures on an emulated board, really provoked: jobs whose operator accesses memory that does not
// exist, jobs that never end, and missing tools.

#include <cstdlib>
#include <fstream>
#include <thread>

#include "boards.h"
#include "firmware/board_job.h"
#include "runners/qemu_run.h"
#include "runners/qemu_tools.h"
#include "runtime/program.h"
#include "support/temporary_dir.h"
#include "tflite/read.h"

namespace {

using runners::QemuBoard;

}  // namespace

namespace runners {

/// Names of tests contain the board's name, not its bytes.
void PrintTo(const QemuBoard& board, std::ostream* out) {
    *out << board.name;
}

}  // namespace runners

namespace {

runners::RunRequest classifier() {
    runners::RunRequest request;
    const auto graph = tflite::read(std::string(NETCALIPER_SOURCE_DIR) +
                                    "/tests/golden/models/graph_classifier_int8_00.tflite");
    EXPECT_TRUE(graph.has_value());
    request.graph = graph ? *graph : nullptr;
    request.timeoutS = 20;
    return request;
}

runners::QemuJob jobOf(const QemuBoard& board, const runners::RunRequest& request) {
    auto job = runners::makeQemuJob(request, board.isa(), runners::kQemuRoomBytes);
    EXPECT_TRUE(job.has_value());
    return job ? *job : runners::QemuJob();
}

firmware::BoardJob& headerOf(runners::QemuJob& job) {
    return *reinterpret_cast<firmware::BoardJob*>(job.bytes.data());
}

constexpr uint32_t kNoMemory = 0xf0000000;  // on any of the boards

/// Moves a tensor of the arena out of all memory, as no lowering would.
void moveAway(const QemuBoard& board, runners::QemuJob& job, int32_t tensor) {
    auto* program = job.bytes.data() + headerOf(job).programOffset;
    const auto& head = *reinterpret_cast<const runtime::Program*>(program);
    auto* records = reinterpret_cast<runtime::TensorRecord*>(program + head.tensors.offset);
    ASSERT_EQ(records[tensor].place, runtime::Place::Arena);
    records[tensor].offset = kNoMemory - board.jobAddress;
}

class CrashingFirmware : public testing::TestWithParam<QemuBoard> {};

INSTANTIATE_TEST_SUITE_P(Boards, CrashingFirmware,
                         testing::Values(runners::kQemuM0Plus, runners::kQemuM4, runners::kQemuM7,
                                         runners::kQemuM33, runners::kQemuM55, runners::kQemuRv32),
                         [](const auto& board) { return std::string(board.param.name); });

TEST_P(CrashingFirmware, NamesTheLayerAndTheException) {
    if (const auto tools = runners::findQemuTools(GetParam()); !tools)
        GTEST_SKIP() << tools.error().message();
    const bool isRiscV = &GetParam().family == &runners::kQemuRiscV;
    const char* const expected = isRiscV ? "crashed (trap: bus error while storing at 0xf0"
                                         : "crashed (HardFault: precise bus error at 0xf0";
    const auto request = classifier();
    const types::Graph& graph = *request.graph;
    for (const size_t place : {size_t{0}, size_t{1}}) {
        auto job = jobOf(GetParam(), request);
        ASSERT_GT(job.order.size(), place);
        const auto op = static_cast<size_t>(job.order[place]);
        moveAway(GetParam(), job, graph.ops[op].outputs[0]);
        const auto run = runners::runQemuJob(GetParam(), request, job, {});
        ASSERT_FALSE(run.has_value());
        const types::Error& error = run.error();
        EXPECT_NE(error.what.find(expected), std::string::npos) << error.message();
        EXPECT_EQ(error.where, types::opLabel(graph, op));
    }
}

/// The last invoke, and with it the log, is hours away.
runners::QemuJob endlessJob(const runners::RunRequest& request) {
    auto job = jobOf(runners::kQemuM4, request);
    headerOf(job).invokes = 0x7fffffff;
    headerOf(job).inputsBytes = 0;
    return job;
}

TEST(EndlessFirmware, IsEndedByItsSilence) {
    SKIP_WITHOUT_EMULATOR();
    auto request = classifier();
    request.timeoutS = 1;
    const auto run = runners::runQemuJob(runners::kQemuM4, request, endlessJob(request), {});
    ASSERT_FALSE(run.has_value());
    EXPECT_EQ(run.error().what, "emulated board sends no output") << run.error().message();
    EXPECT_EQ(run.error().where, types::opLabel(*request.graph, 0));
}

TEST(EndlessFirmware, IsEndedByACancelWhileItRuns) {
    SKIP_WITHOUT_EMULATOR();
    const auto request = classifier();
    const auto job = endlessJob(request);
    std::stop_source stop;
    const std::jthread user([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    const auto run = runners::runQemuJob(runners::kQemuM4, request, job, {stop.get_token()});
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_FALSE(run.has_value());
    EXPECT_TRUE(run.error().isCancelled());
    EXPECT_GE(took, std::chrono::milliseconds(200));
    EXPECT_LT(took, std::chrono::seconds(5));
}

/// Sets a variable of the environment for as long as it lives.
class Environment {
public:
    Environment(const char* name, const std::string& value) : m_name(name) {
        if (const char* before = std::getenv(name)) m_before = before;
        setenv(name, value.c_str(), 1);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() {
        if (m_before)
            setenv(m_name, m_before->c_str(), 1);
        else
            unsetenv(m_name);
    }

private:
    const char* m_name;
    std::optional<std::string> m_before;
};

std::string remedyOn(const test::Board& board) {
    const auto session = board.run("", classifier(), {});
    EXPECT_FALSE(session.has_value());
    return session ? "" : session.error().message();
}

TEST(MissingTools, AnEmulatorIsNamedWithItsPackage) {
    const support::TemporaryDir empty;
    const Environment path("PATH", (empty / "").string());
    for (const test::Board& board : test::kBoards)
        EXPECT_NE(remedyOn(board).find("install the package qemu-system-arm"), std::string::npos)
            << remedyOn(board);
}

TEST(MissingTools, ACompilerIsNamedWithItsPackage) {
    const support::TemporaryDir programs, images;
    std::ofstream(programs / "qemu-system-arm") << "#!/bin/sh\n";
    std::filesystem::permissions(programs / "qemu-system-arm", std::filesystem::perms::owner_all);
    const Environment path("PATH", (programs / "").string());
    const Environment emulator("NETCALIPER_EMULATOR", (images / "").string());
    for (const test::Board& board : test::kBoards)
        EXPECT_NE(remedyOn(board).find("install the package gcc-arm-none-eabi and build again"),
                  std::string::npos)
            << remedyOn(board);
}

TEST(MissingTools, FirmwareThatWasNotBuiltIsNamed) {
    const support::TemporaryDir programs, images;
    for (const char* name : {"qemu-system-arm", "arm-none-eabi-g++"}) {
        std::ofstream(programs / name) << "#!/bin/sh\n";
        std::filesystem::permissions(programs / name, std::filesystem::perms::owner_all);
    }
    const Environment path("PATH", (programs / "").string());
    const Environment emulator("NETCALIPER_EMULATOR", (images / "").string());
    const std::string message = remedyOn(test::kBoards[0]);
    EXPECT_NE(message.find("firmware_images"), std::string::npos) << message;
    EXPECT_NE(message.find("firmware-m4.elf"), std::string::npos) << message;
}

}  // namespace

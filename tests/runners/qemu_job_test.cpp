// SPDX-License-Identifier: GPL-3.0-or-later
// A job that exceeds the emulated board's memory is refused before anything runs; what runs in it
// is counted.
#include "runners/qemu_job.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "runners/qemu_board.h"
#include "runners/qemu_session.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"

namespace {

using types::GraphPtr;

runners::RunRequest requestOf(int repeats) {
    runners::RunRequest request;
    request.graph = *zoo::bundledModels().front().build(zoo::bundledModels().front().precision);
    request.repeats = repeats;
    return request;
}

types::Result<runners::QemuJob> jobIn(size_t roomBytes, int repeats) {
    return runners::makeQemuJob(requestOf(repeats), types::Isa::Portable, roomBytes);
}

TEST(QemuJob, NeedsWhatItSays) {
    const auto refused = jobIn(0, 3);
    ASSERT_FALSE(refused);
    const std::string& what = refused.error().what;
    ASSERT_TRUE(what.starts_with("needs ")) << what;
    const size_t needed = std::stoul(what.substr(6));
    EXPECT_FALSE(jobIn(needed - 1, 3));
    const auto job = jobIn(needed, 3);
    ASSERT_TRUE(job) << job.error().message();
    EXPECT_LE(job->bytes.size() + job->arenaBytes, needed);
    EXPECT_GE(job->bytes.size() + job->arenaBytes + 1024, needed);
}

TEST(QemuJob, InputsOfTooManyInvokesAreRefusedUnmade) {
    // If they ran first, these would take days.
    const auto refused = jobIn(size_t{64} << 20, std::numeric_limits<int>::max());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().remedy.find("has room for 67108864"), std::string::npos);
}

GraphPtr golden(const std::string& name) {
    const auto graph = tflite::read(std::filesystem::path(NETCALIPER_SOURCE_DIR) /
                                    "tests/golden/models" / (name + ".tflite"));
    EXPECT_TRUE(graph) << graph.error().message();
    return graph ? *graph : nullptr;
}

/// The job of a model, and a session in which every operator that runs takes 10 instructions.
struct Ran {
    runners::QemuJob job;
    types::Session session;
};

Ran ranWithTens(const std::string& name, int repeats) {
    runners::RunRequest request;
    request.graph = golden(name);
    request.repeats = repeats;
    auto job = runners::makeQemuJob(request, types::Isa::Portable, size_t{64} << 20);
    EXPECT_TRUE(job) << job.error().message();
    runners::QemuRun run;
    for (const auto& ran : job->ran)
        for (size_t i = 0; i < ran.size(); ++i) {
            run.counts.emplace_back();
            run.counts.back().total = 10;
        }
    auto session = runners::makeQemuSession(runners::kQemuM4, request, *job, run);
    EXPECT_TRUE(session) << session.error().message();
    return {std::move(*job), std::move(*session)};
}

const types::Measurement& instructionsOf(const types::Session& session, const std::string& key) {
    static const types::Measurement none;
    for (const types::Measurement& measurement : session.measurements)
        if (measurement.key == key && measurement.quantity == types::Quantity::Instructions)
            return measurement;
    return none;
}

TEST(QemuJob, DecodedConstantsRunNothing) {
    const Ran ran = ranWithTens("decode_lut_int8_00", 2);
    ASSERT_EQ(ran.job.ran.size(), 2u);
    EXPECT_LT(ran.job.ran[0].size(), ran.job.order.size());
    const double each = 10.0 * static_cast<double>(ran.job.ran[0].size());
    EXPECT_EQ(instructionsOf(ran.session, types::kWhole).samples, (std::vector{each, each}));
}

TEST(QemuJob, AnInvokeThatEndsEarlyBelongsToTheNextOutput) {
    const Ran ran = ranWithTens("circular_buffer_stream", 2);
    ASSERT_GT(ran.job.invokesPerOutput, 1);
    EXPECT_LT(ran.job.ran.front().size(), ran.job.order.size());
    const auto& whole = instructionsOf(ran.session, types::kWhole).samples;
    ASSERT_EQ(whole.size(), 2u);
    size_t operators = 0;
    for (const auto& invoke : ran.job.ran)
        operators += invoke.size();
    EXPECT_EQ(whole[0] + whole[1], 10.0 * static_cast<double>(operators));
}

}  // namespace

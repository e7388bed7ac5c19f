// SPDX-License-Identifier: GPL-3.0-or-later
// A job that exceeds the emulated board's memory is refused before anything runs.
#include "runners/qemu_job.h"

#include <gtest/gtest.h>

#include <limits>

#include "zoo/reference_models.h"

namespace {

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

}  // namespace

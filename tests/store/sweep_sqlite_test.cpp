// SPDX-License-Identifier: GPL-3.0-or-later
// What may happen to a sweep's file: it is foreign, goes away, or the disk is full.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "store/project_file.h"
#include "store/sweep_database.h"
#include "support/temporary_dir.h"

namespace {

using store::IfMissing;
using store::openSweepStore;

sweep::SweepStorePtr opened(const std::filesystem::path& file) {
    auto result = openSweepStore(file.string(), IfMissing::Create);
    EXPECT_TRUE(result) << result.error().message();
    return result ? std::move(*result) : nullptr;
}

std::string refusalOf(const std::filesystem::path& file) {
    const auto result = openSweepStore(file.string(), IfMissing::Create);
    EXPECT_FALSE(result);
    return result ? "" : result.error().message();
}

TEST(SweepFile, ForeignFilesAreRefusedAndStayAsTheyAre) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "text") << "no database at all";
    EXPECT_NE(refusalOf(dir / "text").find("not the database of a sweep"), std::string::npos);
    ASSERT_TRUE(store::ProjectFile::openOrCreate(dir / "project.netcaliper"));
    const auto size = std::filesystem::file_size(dir / "project.netcaliper");
    EXPECT_NE(refusalOf(dir / "project.netcaliper").find("not the database of a sweep"),
              std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(dir / "project.netcaliper"), size);
    EXPECT_NE(refusalOf(dir / "").find("is not a file"), std::string::npos);
}

TEST(SweepFile, AMissingFileIsNotMadeWhereItIsNeeded) {
    const support::TemporaryDir dir;
    const auto result = openSweepStore((dir / "none").string(), IfMissing::Refuse);
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message().find("does not exist"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(dir / "none"));
}

TEST(SweepFile, AFileThatGoesAwayIsNoticed) {
    const support::TemporaryDir dir;
    const auto store = opened(dir / "sweep.db");
    ASSERT_TRUE(store->create({"id", "{}"}));
    std::filesystem::remove(dir / "sweep.db");
    const auto claims = store->claim("a", 1, 60);
    ASSERT_FALSE(claims);
    EXPECT_NE(claims.error().message().find("the database is gone"), std::string::npos);
    // Another file in its place is not taken for it.
    std::ofstream(dir / "sweep.db") << "";
    EXPECT_FALSE(store->status());
}

/// Adds items until the file may not grow. Tells its exit status: 0 where the Error says so.
int fillUp(const std::filesystem::path& file) {
    const auto store = opened(file);
    if (!store->create({"id", "{}"})) return 2;
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{400'000, 400'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    for (int64_t i = 0; i < 100; ++i) {
        std::vector<sweep::NewItem> items;
        for (int64_t k = 0; k < 100; ++k)
            items.push_back({100 * i + k, std::string(200, 'v') + std::to_string(100 * i + k)});
        const auto added = store->add(items);
        if (added) continue;
        const std::string message = added.error().message();
        const bool tells = message.find("nothing was stored") != std::string::npos;
        return tells ? 0 : 3;
    }
    return 4;
}

TEST(SweepFile, AFullDiskIsOneSentenceAndLosesNothing) {
    const support::TemporaryDir dir;
    const pid_t child = fork();
    if (child == 0) _exit(fillUp(dir / "sweep.db"));
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    const auto store = opened(dir / "sweep.db");
    const auto counted = store->status();
    ASSERT_TRUE(counted) << counted.error().message();
    EXPECT_GT(counted->open, 0);
    EXPECT_EQ(counted->open % 100, 0) << "items of one call are stored together";
    EXPECT_TRUE(store->claim("a", 5, 60));
}

}  // namespace

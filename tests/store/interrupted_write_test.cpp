// SPDX-License-Identifier: GPL-3.0-or-later
// A project file survives failures of programs: they are killed, they write at the same time, the
// disk fills up.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "sample_session.h"
#include "store/session_table.h"
#include "support/temporary_dir.h"

namespace {

using test_store::sampleSession;

/// A child process that runs `work` and exits without this process's clean-up.
template <typename Work>
pid_t inChild(Work work) {
    const pid_t child = fork();
    if (child == 0) {
        work();
        _exit(0);
    }
    return child;
}

int exitOf(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

/// Stores sessions in a loop and writes each one's number to a pipe once it is stored.
void storeForEver(const std::filesystem::path& path, const std::string& prefix, int tell) {
    auto file = store::ProjectFile::openOrCreate(path);
    if (!file) _exit(1);
    for (uint32_t i = 0;; ++i) {
        if (!store::storeSession(*file, sampleSession(prefix + std::to_string(i), 50))) _exit(2);
        if (::write(tell, &i, sizeof i) != sizeof i) _exit(3);
    }
}

/// The next name from the pipe; empty when its writer is dead.
std::string nextTold(int pipe, const std::string& prefix) {
    uint32_t i = 0;
    return read(pipe, &i, sizeof i) == sizeof i ? prefix + std::to_string(i) : "";
}

std::set<std::string> wholeSessions(const std::filesystem::path& path) {
    std::set<std::string> names;
    const auto file = store::ProjectFile::open(path);
    EXPECT_TRUE(file) << file.error().message();
    const auto entries = store::listSessions(*file);
    EXPECT_TRUE(entries) << entries.error().message();
    for (const store::SessionEntry& entry : *entries) {
        EXPECT_EQ(entry.samples, 4 * 50 + 4) << entry.name << " is not whole";
        names.insert(entry.name);
    }
    return names;
}

TEST(InterruptedWrite, KillingAHundredTimesLosesNoFinishedSession) {
    const support::TemporaryDir dir;
    const auto path = dir / "p.netcaliper";
    std::mt19937 random(1);
    std::set<std::string> told;
    for (int round = 0; round < 100; ++round) {
        const std::string prefix = std::to_string(round) + "/";
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = inChild([&] { storeForEver(path, prefix, ends[1]); });
        close(ends[1]);
        // One in four dies while it makes or opens the file, the others while they store.
        if (round % 4 != 0) told.insert(nextTold(ends[0], prefix));
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 5'000));
        kill(child, SIGKILL);
        exitOf(child);
        for (auto name = nextTold(ends[0], prefix); !name.empty(); name = nextTold(ends[0], prefix))
            told.insert(name);
        close(ends[0]);
        if (!std::filesystem::exists(path)) continue;
        const auto kept = wholeSessions(path);
        for (const std::string& name : told)
            ASSERT_TRUE(kept.contains(name)) << "'" << name << "' was stored and is gone";
    }
    EXPECT_GE(told.size(), 75u);
}

TEST(InterruptedWrite, TwoProcessesWaitForEachOther) {
    const support::TemporaryDir dir;
    const auto path = dir / "p.netcaliper";
    const auto writer = [&](const std::string& prefix) {
        return inChild([&] {
            auto file = store::ProjectFile::openOrCreate(path);
            for (int i = 0; i < 25; ++i)
                if (!file ||
                    !store::storeSession(*file, sampleSession(prefix + std::to_string(i), 50)))
                    _exit(1);
        });
    };
    const pid_t first = writer("a"), second = writer("b");
    EXPECT_EQ(exitOf(first), 0);
    EXPECT_EQ(exitOf(second), 0);
    EXPECT_EQ(wholeSessions(path).size(), 50u);
}

/// Limits the size of files, like a full disk.
void limitFileSize(size_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
}

TEST(InterruptedWrite, AFullDiskGivesAnErrorAndTheFileStaysWhole) {
    const support::TemporaryDir dir;
    const auto path = dir / "p.netcaliper";
    {
        auto file = store::ProjectFile::openOrCreate(path);
        ASSERT_TRUE(store::storeSession(*file, sampleSession("before", 50)));
    }
    const pid_t child = inChild([&] {
        auto file = store::ProjectFile::open(path);
        limitFileSize(256 * 1024);
        const auto refused = store::storeSession(*file, sampleSession("too large", 100'000));
        if (refused || refused.error().what.find("nothing was stored") == std::string::npos)
            _exit(1);
        // A session that fits is still stored.
        if (!store::storeSession(*file, sampleSession("after", 50))) _exit(2);
    });
    EXPECT_EQ(exitOf(child), 0);
    EXPECT_EQ(wholeSessions(path), (std::set<std::string>{"before", "after"}));
}

TEST(InterruptedWrite, NoFileIsMadeOnAFullDisk) {
    const support::TemporaryDir dir;
    const pid_t child = inChild([&] {
        limitFileSize(1024);
        if (store::ProjectFile::openOrCreate(dir / "p.netcaliper")) _exit(1);
    });
    EXPECT_EQ(exitOf(child), 0);
    EXPECT_TRUE(std::filesystem::is_empty(dir / ""));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign and damaged files are refused with a reason and left unchanged.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "sample_session.h"
#include "store/session_table.h"
#include "support/temporary_dir.h"

namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

/// Returns the reason of the refusal; checks that the file is unchanged and nothing lies beside it.
std::string refusalOf(const support::TemporaryDir& dir, const std::string& content) {
    write(dir / "x.netcaliper", content);
    const auto file = store::ProjectFile::openOrCreate(dir / "x.netcaliper");
    EXPECT_FALSE(file);
    EXPECT_EQ(contentOf(dir / "x.netcaliper"), content);
    EXPECT_EQ(std::distance(fs::directory_iterator(dir / ""), fs::directory_iterator()), 1);
    return file ? "" : file.error().message();
}

std::string goodFile() {
    const support::TemporaryDir dir;
    {
        auto file = store::ProjectFile::openOrCreate(dir / "good.netcaliper");
        for (int i = 0; i < 4; ++i)
            EXPECT_TRUE(
                store::storeSession(*file, test_store::sampleSession(std::to_string(i), 200)));
    }
    return contentOf(dir / "good.netcaliper");
}

TEST(DamagedFile, TextIsNoProject) {
    const support::TemporaryDir dir;
    EXPECT_NE(refusalOf(dir, "Event,Tag,Ticks\n0,CONV_2D,12\n").find("begins with 'Event,Tag,Ti'"),
              std::string::npos);
}

TEST(DamagedFile, ADatabaseOfAnotherProgramIsRefused) {
    const support::TemporaryDir other, dir;
    SQLite::Database((other / "o.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE t (x)");
    EXPECT_NE(refusalOf(dir, contentOf(other / "o.db")).find("another program"), std::string::npos);
}

TEST(DamagedFile, AFileThatWasCutOffIsRefused) {
    const std::string good = goodFile();
    for (const double share : {0.1, 0.5, 0.9}) {
        const support::TemporaryDir dir;
        const auto length = static_cast<size_t>(share * static_cast<double>(good.size()));
        EXPECT_NE(refusalOf(dir, good.substr(0, length)).find("damaged"), std::string::npos);
    }
}

TEST(DamagedFile, APageOfNoiseIsRefused) {
    const std::string good = goodFile();
    for (const size_t page : {1, 3, 5}) {
        std::string bad = good;
        for (size_t i = 0; i < 4096; ++i)
            bad[page * 4096 + i] = static_cast<char>(i * 37);
        const support::TemporaryDir dir;
        EXPECT_FALSE(refusalOf(dir, bad).empty());
    }
}

TEST(DamagedFile, FlippedBytesNeverCrash) {
    const std::string good = goodFile();
    std::mt19937 random(1);
    for (int round = 0; round < 60; ++round) {
        const support::TemporaryDir dir;
        std::string bad = good;
        for (int i = 0; i < 8; ++i)
            bad[random() % bad.size()] = static_cast<char>(random());
        write(dir / "x.netcaliper", bad);
        auto file = store::ProjectFile::open(dir / "x.netcaliper");
        if (!file) {
            EXPECT_EQ(contentOf(dir / "x.netcaliper"), bad);
            continue;
        }
        const auto entries = store::listSessions(*file);
        for (size_t i = 0; entries && i < entries->size(); ++i)
            (void)store::readSession(*file, (*entries)[i].id);
    }
}

TEST(DamagedFile, WhatIsNotThereIsNamed) {
    const support::TemporaryDir dir;
    const auto file = store::ProjectFile::open(dir / "none.netcaliper");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().what, "does not exist");
    EXPECT_FALSE(store::ProjectFile::openOrCreate(dir / "no" / "such" / "dir"));
    EXPECT_FALSE(store::ProjectFile::openOrCreate(dir / ""));
}

}  // namespace

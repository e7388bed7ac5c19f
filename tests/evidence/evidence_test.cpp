// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence packages: what was packed is read back and checked; every change is found.

#include "evidence/evidence_package.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "evidence/zip_file.h"
#include "importers/read_log.h"
#include "support/temporary_dir.h"

namespace {

using evidence::readPackage;
using evidence::writePackage;
using types::Session;

std::string textOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The session of a recorded talk with an agent.
Session measured() {
    const std::string log = textOf(std::string(NETCALIPER_SOURCE_DIR) +
                                   "/tests/importers/samples/netcaliper_agent.txt");
    auto imported = importers::readLogBytes("board", log);
    EXPECT_TRUE(imported) << imported.error().message();
    Session session = imported ? imported->sessions.front() : Session();
    session.name = "first";
    session.startedAt = "2026-01-01T00:00:00Z";
    session.rawLog = log;
    session.conditions.modelHash = std::string(64, 'a');
    return session;
}

struct Evidence : testing::Test {
    const support::TemporaryDir dir;
    const std::filesystem::path file = dir / "first.zip";

    void SetUp() override {
        const auto written = writePackage(file, measured());
        ASSERT_TRUE(written) << written.error().message();
    }
    /// Changes one file of the archive and returns what the check says.
    std::string sayAfter(const std::string& name, const std::string& from, const std::string& to) {
        auto files = evidence::readZip(file);
        EXPECT_TRUE(files) << files.error().message();
        std::string& content = (*files)[name];
        const size_t at = content.find(from);
        EXPECT_NE(at, std::string::npos) << name << " has no " << from;
        content.replace(at, from.size(), to);
        EXPECT_TRUE(evidence::writeZip(file, *files));
        const auto package = readPackage(file);
        return package ? "sound" : package.error().message();
    }
};

TEST_F(Evidence, ComesBackAsItWas) {
    const auto package = readPackage(file);
    ASSERT_TRUE(package) << package.error().message();
    const Session session = measured();
    EXPECT_EQ(package->session.name, session.name);
    EXPECT_EQ(package->session.conditions, session.conditions);
    EXPECT_EQ(package->session.measurements, session.measurements);
    EXPECT_EQ(package->session.rawLog, session.rawLog);
    EXPECT_EQ(package->protocol, "1");
    EXPECT_EQ(package->firmwareVersion, session.conditions.runtimeVersion);
    EXPECT_FALSE(package->toolVersion.empty());
    EXPECT_EQ(package->fromRawLog, static_cast<int>(session.measurements.size()));
}

TEST_F(Evidence, EqualSessionsGiveEqualBytes) {
    ASSERT_TRUE(writePackage(dir / "again.zip", measured()));
    EXPECT_EQ(textOf(file), textOf(dir / "again.zip"));
}

TEST_F(Evidence, WithoutARawLogTheHashesRemain) {
    Session session = measured();
    session.rawLog.clear();
    ASSERT_TRUE(writePackage(file, session));
    const auto package = readPackage(file);
    ASSERT_TRUE(package) << package.error().message();
    EXPECT_EQ(package->fromRawLog, 0);
}

TEST_F(Evidence, ChangedFilesAreFound) {
    EXPECT_NE(
        sayAfter("session.json", "\"samples\"", "\"simples\"").find("'session.json' was changed"),
        std::string::npos);
}

TEST_F(Evidence, ARawLogThatTellsOtherwiseIsFound) {
    Session session = measured();
    session.measurements.front().samples.front() += 1;
    ASSERT_TRUE(writePackage(file, session));
    const auto package = readPackage(file);
    ASSERT_FALSE(package);
    EXPECT_NE(package.error().what.find("raw log gives other numbers"), std::string::npos)
        << package.error().message();
}

TEST_F(Evidence, AManifestThatTellsOtherwiseIsFound) {
    const std::string board = measured().conditions.board;
    EXPECT_NE(sayAfter("manifest.json", board, "another-board").find("differ in 'board'"),
              std::string::npos);
}

TEST_F(Evidence, MissingAndAddedFilesAreFound) {
    auto files = evidence::readZip(file);
    ASSERT_TRUE(files);
    auto more = *files, less = *files;
    more["extra.txt"] = "x";
    less.erase("raw.log");
    ASSERT_TRUE(evidence::writeZip(file, more));
    EXPECT_NE(readPackage(file).error().what.find("not in the manifest"), std::string::npos);
    ASSERT_TRUE(evidence::writeZip(file, less));
    EXPECT_NE(readPackage(file).error().what.find("is missing"), std::string::npos);
}

TEST_F(Evidence, DamagedArchivesAreErrors) {
    const std::string whole = textOf(file);
    for (size_t length = 0; length < whole.size(); length += whole.size() / 40 + 1) {
        std::ofstream(file, std::ios::binary) << whole.substr(0, length);
        EXPECT_FALSE(readPackage(file)) << length;
    }
    size_t refused = 0, tries = 0;
    for (size_t at = 0; at < whole.size(); at += whole.size() / 60 + 1, ++tries) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
        std::ofstream(file, std::ios::binary) << damaged;
        refused += !readPackage(file);
    }
    // What is left are fields that no reader needs, such as times.
    EXPECT_GT(refused, tries / 2);
    EXPECT_FALSE(readPackage(dir / "nothing.zip"));
}

}  // namespace

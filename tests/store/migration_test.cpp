// SPDX-License-Identifier: GPL-3.0-or-later
// Files of every published version open and keep their contents.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "sample_session.h"
#include "store/model_table.h"
#include "store/schema_steps.h"
#include "store/session_table.h"
#include "support/temporary_dir.h"

namespace {

/// A file as the program of that version left it, with one session.
void makeOldFile(const std::filesystem::path& path, size_t version) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA application_id = " + std::to_string(store::kApplicationId));
    for (size_t step = 0; step < version; ++step)
        database.exec(store::schemaSteps()[step]);
    database.exec("PRAGMA user_version = " + std::to_string(version));
    database.exec("PRAGMA journal_mode = WAL");
    database.exec(
        "INSERT INTO session (id, name, format, started_at, source, board, core, clock_mhz, "
        "runtime, runtime_version, kernels, compiler, flags, model_name, model_sha256, "
        "supply_volts, notes) VALUES (7, 'old', 'x', '', 'board', 'b', '', 80, '', '', '', '', '', "
        "'', '', 0, '')");
    database.exec("INSERT INTO measurement VALUES (1, 7, 0, 'whole', NULL, '', 'cycles', 0, '')");
    database.exec("INSERT INTO sample VALUES (1, 0, 1234.5)");
}

class Migration : public testing::TestWithParam<size_t> {};

TEST_P(Migration, OldFilesOpenAndKeepTheirSessions) {
    const support::TemporaryDir dir;
    makeOldFile(dir / "old.netcaliper", GetParam());
    auto file = store::ProjectFile::open(dir / "old.netcaliper");
    ASSERT_TRUE(file) << file.error().message();
    const auto session = store::readSession(*file, "old");
    ASSERT_TRUE(session) << session.error().message();
    EXPECT_EQ(session->conditions.clockMhz, 80);
    ASSERT_EQ(session->measurements.size(), 1u);
    EXPECT_EQ(session->measurements[0].quantity, types::Quantity::Cycles);
    EXPECT_EQ(session->measurements[0].samples, std::vector<double>{1234.5});
    EXPECT_TRUE(store::storeSession(*file, test_store::sampleSession("new")));
    EXPECT_TRUE(store::storeModel(*file, "m", types::Bytes({1})));
}

INSTANTIATE_TEST_SUITE_P(EveryVersion, Migration,
                         testing::Range(size_t{1}, store::schemaSteps().size() + 1),
                         testing::PrintToStringParamName());

TEST(ProjectFile, AFileOfANewerVersionIsRefused) {
    const support::TemporaryDir dir;
    makeOldFile(dir / "new.netcaliper", store::schemaSteps().size());
    SQLite::Database((dir / "new.netcaliper").string(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA user_version = 99");
    const auto file = store::ProjectFile::open(dir / "new.netcaliper");
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().what.find("newer"), std::string::npos);
}

}  // namespace

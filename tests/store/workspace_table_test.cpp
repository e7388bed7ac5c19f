// SPDX-License-Identifier: GPL-3.0-or-later
// What the window showed is stored beside the models; what somebody else put into a file does
// nothing but be read.
#include "store/workspace_table.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "sample_session.h"
#include "store/model_table.h"
#include "store/session_table.h"
#include "support/temporary_dir.h"

namespace {

using test_store::sampleSession;

store::StoredWorkspace workspaceOf(const std::string& page) {
    store::StoredWorkspace w;
    w.knobs = R"({"netcaliper_variation": 1})";
    w.page = page;
    return w;
}

store::StoredWorkspace filled() {
    store::StoredWorkspace w = workspaceOf("memory");
    w.showsTrained = true;
    w.modelPath = "/models/kws.tflite";
    w.board = "nucleo";
    w.boardProfile = "{}";
    w.dataPath = "/data";
    w.duty = {1000, 0.5, 675};
    w.layers = {1, 4, 5};
    w.layer = 4;
    w.savedAs = "kws.netcaliper";
    w.isUnsaved = true;
    return w;
}

TEST(WorkspaceTable, ComesBackAsItWasStored) {
    const support::TemporaryDir dir;
    auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
    EXPECT_FALSE(store::readWorkspace(*file)->has_value());
    ASSERT_TRUE(store::storeWorkspace(*file, workspaceOf("overview")));
    ASSERT_TRUE(store::storeWorkspace(*file, filled()));
    const auto read = store::readWorkspace(*file);
    ASSERT_TRUE(read && *read);
    const store::StoredWorkspace& w = **read;
    EXPECT_TRUE(w.showsTrained && w.isUnsaved);
    EXPECT_EQ(w.modelPath + w.board + w.boardProfile + w.dataPath + w.page + w.savedAs,
              "/models/kws.tflitenucleo{}/datamemorykws.netcaliper");
    EXPECT_EQ(w.duty, (types::DutyCycle{1000, 0.5, 675}));
    EXPECT_EQ(w.layers, (std::vector<int32_t>{1, 4, 5}));
    EXPECT_EQ(w.layer, 4);
}

TEST(WorkspaceTable, AChangeThatFailsLeavesNothing) {
    const support::TemporaryDir dir;
    auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
    const auto changed = file->inOneChange([&]() -> types::Result<void> {
        EXPECT_TRUE(store::storeModel(*file, "m", types::Bytes({1, 2})));
        EXPECT_TRUE(store::storeSession(*file, sampleSession("one")));
        EXPECT_TRUE(store::storeWorkspace(*file, filled()));
        EXPECT_FALSE(store::storeSession(*file, sampleSession("one")));
        return types::fail("stop");
    });
    EXPECT_FALSE(changed);
    EXPECT_TRUE(store::listModels(*file)->empty());
    EXPECT_TRUE(store::listSessions(*file)->empty());
    EXPECT_FALSE(store::readWorkspace(*file)->has_value());
}

/// A file into which somebody put SQL.
std::string refusalAfter(const std::string& sql) {
    const support::TemporaryDir dir;
    {
        auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
        EXPECT_TRUE(store::storeSession(*file, sampleSession("one")));
        EXPECT_TRUE(store::storeWorkspace(*file, filled()));
    }
    {
        SQLite::Database database((dir / "p.netcaliper").string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA ignore_check_constraints = ON");
        database.exec(sql);
    }
    const auto file = store::ProjectFile::open(dir / "p.netcaliper");
    if (!file) return file.error().what;
    if (const auto workspace = store::readWorkspace(*file); !workspace)
        return workspace.error().what;
    const auto session = store::readSession(*file, "one");
    return session ? "" : session.error().what;
}

TEST(HostileFile, TablesThatAreDefinedOtherwiseAreRefused) {
    const std::string endless =
        "CREATE VIEW mark AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) "
        "SELECT x AS model_id, x AS knobs, x AS name, x AS note, x AS is_starred, x AS is_deleted "
        "FROM r";
    EXPECT_NE(refusalAfter("DROP TABLE mark; " + endless).find("'mark'"), std::string::npos);
    EXPECT_NE(refusalAfter("DROP TABLE workspace").find("'workspace'"), std::string::npos);
    EXPECT_NE(refusalAfter("ALTER TABLE session ADD COLUMN more AS (zeroblob(1000000000))")
                  .find("'session'"),
              std::string::npos);
}

TEST(HostileFile, WhatNoSessionHoldsIsDamage) {
    EXPECT_NE(refusalAfter("UPDATE sample SET value = 9e999").find("not finite"),
              std::string::npos);
    EXPECT_NE(refusalAfter("UPDATE measurement SET layer = -7").find("layer below 0"),
              std::string::npos);
    EXPECT_NE(refusalAfter("UPDATE workspace SET page = zeroblob(5000000)").find("damaged"),
              std::string::npos);
    EXPECT_EQ(refusalAfter("CREATE TABLE notes_of_somebody (x)"), "");
    EXPECT_EQ(refusalAfter("ANALYZE"), "");
}

TEST(HostileFile, TriggersDoNotRun) {
    const support::TemporaryDir dir;
    {
        auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
        ASSERT_TRUE(store::storeSession(*file, sampleSession("one")));
    }
    SQLite::Database((dir / "p.netcaliper").string(), SQLite::OPEN_READWRITE)
        .exec("CREATE TRIGGER t AFTER INSERT ON session BEGIN DELETE FROM measurement; END");
    auto file = store::ProjectFile::open(dir / "p.netcaliper");
    ASSERT_TRUE(file) << file.error().message();
    ASSERT_TRUE(store::storeSession(*file, sampleSession("two")));
    EXPECT_FALSE(store::readSession(*file, "one")->measurements.empty());
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/session_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "sample_session.h"
#include "store/statements.h"
#include "support/temporary_dir.h"

namespace {

using namespace types;
using test_store::sampleSession;

store::ProjectFile openNew(const support::TemporaryDir& dir) {
    auto file = store::ProjectFile::openOrCreate(dir / "p.netcaliper");
    EXPECT_TRUE(file) << file.error().message();
    return std::move(*file);
}

TEST(SessionTable, WhatIsStoredComesBackEqual) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    Session session = sampleSession("one");
    const auto id = store::storeSession(file, session);
    ASSERT_TRUE(id) << id.error().message();
    session.id = *id;
    EXPECT_EQ(*store::readSession(file, "one"), session);
    EXPECT_EQ(*store::readSession(file, *id), session);
}

TEST(SessionTable, EveryQuantityAndSourceHasAWordOfItsOwn) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    for (int source = 0; source <= static_cast<int>(MeasurementSource::Imported); ++source) {
        Session session;
        session.name = std::to_string(source);
        session.conditions.source = static_cast<MeasurementSource>(source);
        for (int q = 0; q <= static_cast<int>(Quantity::Celsius); ++q) {
            Measurement m;
            m.quantity = static_cast<Quantity>(q);
            session.measurements.push_back(m);
        }
        session.id = *store::storeSession(file, session);
        EXPECT_EQ(*store::readSession(file, session.id), session);
    }
}

TEST(SessionTable, ListCountsWhatASessionHolds) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    ASSERT_TRUE(store::storeSession(file, sampleSession("one", 7)));
    ASSERT_TRUE(store::storeSession(file, sampleSession("two", 1)));
    const auto entries = store::listSessions(file);
    ASSERT_EQ(entries->size(), 2u);
    EXPECT_EQ((*entries)[0].name, "one");
    EXPECT_EQ((*entries)[0].samples, 4 * 7 + 4);
    EXPECT_EQ((*entries)[0].measurements, 5);
    EXPECT_EQ((*entries)[0].outputs, 2);
    EXPECT_EQ((*entries)[0].traces, 1);
    EXPECT_EQ((*entries)[0].warnings, 2);
    EXPECT_EQ((*entries)[1].conditions, sampleSession("").conditions);
    EXPECT_FALSE((*entries)[1].storedAt.empty());
}

TEST(SessionTable, ATakenNameIsRefusedOrReplaced) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    ASSERT_TRUE(store::storeSession(file, sampleSession("one", 2)));
    const auto refused = store::storeSession(file, sampleSession("one", 9));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("'one' already"), std::string::npos);
    EXPECT_EQ(store::readSession(file, "one")->measurements[0].samples.size(), 2u);
    ASSERT_TRUE(store::storeSession(file, sampleSession("one", 9), store::IfNamed::Replace));
    EXPECT_EQ(store::readSession(file, "one")->measurements[0].samples.size(), 9u);
    EXPECT_EQ(store::listSessions(file)->size(), 1u);
}

TEST(SessionTable, SeveralSessionsAreStoredAllOrNone) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    const std::vector<Session> twins = {sampleSession("a"), sampleSession("b"), sampleSession("a")};
    EXPECT_FALSE(store::storeSessions(file, twins));
    EXPECT_TRUE(store::listSessions(file)->empty());
}

TEST(SessionTable, RefusesWhatIsNoFiniteNumber) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    Session session = sampleSession("one");
    session.measurements[1].samples[0] = std::nan("");
    const auto refused = store::storeSession(file, session);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("#1 CONV_2D"), std::string::npos);
}

TEST(SessionTable, RefusesWhatSqliteCannotHold) {
    SQLite::Database database(":memory:");
    SQLite::Statement statement(database, "SELECT ?");
    // There are no such bytes: only the size is checked.
    for (const size_t bytes : {size_t{1'000'000'001}, size_t{1} << 31, (size_t{1} << 32) + 1}) {
        const auto bound = store::guarded("p.netcaliper", [&]() -> Result<void> {
            store::bindBytes(statement, 1, nullptr, bytes);
            return {};
        });
        ASSERT_FALSE(bound) << bytes;
        EXPECT_NE(bound.error().what.find("larger than 1,000,000,000 bytes"), std::string::npos);
    }
}

TEST(SessionTable, AnUnknownNameListsTheKnownOnes) {
    const support::TemporaryDir dir;
    auto file = openNew(dir);
    ASSERT_TRUE(store::storeSession(file, sampleSession("one")));
    const auto missing = store::readSession(file, "two");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().remedy, "it holds one");
    EXPECT_FALSE(store::removeSession(file, "two"));
    EXPECT_TRUE(store::removeSession(file, "one"));
    EXPECT_TRUE(store::listSessions(file)->empty());
}

TEST(SessionTable, ThreadsWithConnectionsOfTheirOwnWaitForEachOther) {
    const support::TemporaryDir dir;
    openNew(dir);
    const auto write = [&](const std::string& prefix) {
        auto file = store::ProjectFile::open(dir / "p.netcaliper");
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(store::storeSession(*file, sampleSession(prefix + std::to_string(i))));
    };
    std::thread first(write, "a"), second(write, "b");
    first.join();
    second.join();
    EXPECT_EQ(store::listSessions(openNew(dir))->size(), 40u);
}

}  // namespace

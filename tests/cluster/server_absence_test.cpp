// SPDX-License-Identifier: GPL-3.0-or-later
// A server that is away, comes back, refuses or is full: waiting, or one clear sentence.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "private_postgres.h"
#include "store/sweep_database.h"

namespace {

using namespace sweep;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

class ServerAbsence : public testing::Test {
protected:
    void SetUp() override {
        if (!cluster::sharedPostgres()) GTEST_SKIP() << cluster::kNoPostgres;
        m_address = server().newSchema();
    }
    cluster::PrivatePostgres& server() { return *cluster::sharedPostgres(); }
    SweepStorePtr open(const store::Patience& patience = {}) {
        auto opened = store::openSweepStore(m_address, store::IfMissing::Refuse, patience);
        EXPECT_TRUE(opened) << opened.error().message();
        return opened ? std::move(*opened) : nullptr;
    }
    SweepStorePtr begun(int64_t items, const store::Patience& patience = {}) {
        auto store = open(patience);
        EXPECT_TRUE(store->create({"id", "{}"}));
        for (int64_t i = 0; i < items; ++i)
            EXPECT_TRUE(store->add({{NewItem{i, "variation " + std::to_string(i)}}}));
        return store;
    }

    std::string m_address;
};

Finished oneAnswer(const Claim& claim) {
    return {claim.item, claim.attempt, "{}", "digest", 0.5};
}

TEST_F(ServerAbsence, ARestartIsOutwaited) {
    const auto store = begun(2);
    for (const bool crashes : {false, true}) {
        const auto claims = store->claim("a", 1, 60);
        ASSERT_TRUE(claims && claims->size() == 1);
        ASSERT_TRUE(crashes ? server().crash() : server().restart());
        const auto accepted = store->finish("a", {{oneAnswer(claims->front())}});
        ASSERT_TRUE(accepted) << accepted.error().message();
        EXPECT_EQ(accepted->front(), Acceptance::Stored);
    }
    EXPECT_EQ(store->status()->done, 2);
}

TEST_F(ServerAbsence, ALongAbsenceIsToldAndOutwaited) {
    std::string told;
    store::Patience patience;
    patience.onWait = [&](const std::string& sentence) { told = sentence; };
    const auto store = begun(1, patience);
    ASSERT_TRUE(server().stop());
    std::jthread back([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(600));
        server().start();
    });
    const auto claims = store->claim("a", 1, 60);
    ASSERT_TRUE(claims) << claims.error().message();
    EXPECT_EQ(claims->size(), 1u);
    EXPECT_NE(told.find("waiting for database 'postgres'"), std::string::npos) << told;
}

TEST_F(ServerAbsence, PatienceEndsInOneSentence) {
    store::Patience patience;
    patience.laterSeconds = 0.5;
    const auto store = begun(1, patience);
    ASSERT_TRUE(server().stop());
    const auto claims = store->claim("a", 1, 60);
    ASSERT_TRUE(server().start());
    ASSERT_FALSE(claims);
    EXPECT_NE(claims.error().message().find("cannot be reached"), std::string::npos)
        << claims.error().message();
    EXPECT_EQ(claims.error().message().find('\n'), std::string::npos);
    EXPECT_EQ(store->claim("a", 1, 60)->size(), 1u) << "the same store works again";
}

TEST_F(ServerAbsence, AStopRequestShortensWaiting) {
    std::stop_source stop;
    store::Patience patience;
    patience.stop = stop.get_token();
    const auto store = begun(1, patience);
    ASSERT_TRUE(server().stop());
    std::jthread asks([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        stop.request_stop();
    });
    const auto begin = Clock::now();
    EXPECT_FALSE(store->claim("a", 1, 60));
    EXPECT_LT(since(begin), 15);
    ASSERT_TRUE(server().start());
    EXPECT_TRUE(store->release("a", {})) << "leases are handed back after a stop request";
}

TEST_F(ServerAbsence, AServerThatWasNeverThereIsToldSoon) {
    const support::TemporaryDir empty;
    store::Patience patience;
    patience.firstSeconds = 0.3;
    const auto opened = store::openSweepStore(
        "postgresql:///postgres?host=" + (empty / "").string(), store::IfMissing::Refuse, patience);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message().find("start the server, or correct the address"),
              std::string::npos)
        << opened.error().message();
}

TEST_F(ServerAbsence, ARefusalIsNotOutwaited) {
    const auto begin = Clock::now();
    std::string address = m_address;
    address.replace(address.find("///postgres?"), 12, "///nowhere?");
    const auto opened = store::openSweepStore(address, store::IfMissing::Refuse);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message().find("database \"nowhere\" does not exist"),
              std::string::npos)
        << opened.error().message();
    EXPECT_LT(since(begin), 8);
}

// The server's word for a full disk, from a trigger.
TEST_F(ServerAbsence, AFullDiskIsOneSentenceAndLosesNothing) {
    const auto store = begun(2);
    server().query(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;"
        "CREATE TRIGGER full_disk BEFORE INSERT ON sweep_outcome FOR EACH ROW EXECUTE FUNCTION "
        "full_disk()",
        m_address);
    const auto claims = store->claim("a", 1, 60);
    const auto accepted = store->finish("a", {{oneAnswer(claims->front())}});
    ASSERT_FALSE(accepted);
    EXPECT_NE(accepted.error().message().find("the server's disk is full, nothing was stored"),
              std::string::npos)
        << accepted.error().message();
    server().query("DROP TRIGGER full_disk ON sweep_outcome", m_address);
    EXPECT_EQ(store->finish("a", {{oneAnswer(claims->front())}})->front(), Acceptance::Stored);
}

TEST_F(ServerAbsence, TablesOfAnotherVersionAreRefused) {
    const auto store = begun(1);
    server().query("UPDATE sweep_spec SET version = 7", m_address);
    const auto spec = store->spec();
    ASSERT_FALSE(spec);
    EXPECT_NE(spec.error().message().find("another Netcaliper (tables of version 7"),
              std::string::npos)
        << spec.error().message();
    EXPECT_FALSE(store->create({"id", "{}"}));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// A database that somebody else filled: a worker refuses what is not sound, in one sentence, and
// never computes with it.
#include <gtest/gtest.h>

#include "bytes/sha256.h"
#include "private_postgres.h"
#include "search/sweep/run_sweep.h"
#include "store/sweep_database.h"
#include "support/classifier_data.h"
#include "tflite/read.h"
#include "transform/document/variation_file.h"

namespace {

using namespace sweep;

constexpr const char* kFill =
    "INSERT INTO sweep_item (item, variation, variation_sha256) SELECT n, 'variation ' || n, "
    "n::text FROM generate_series(0, 9) AS n;";

class HostileServer : public testing::Test {
protected:
    void SetUp() override {
        if (!cluster::sharedPostgres()) GTEST_SKIP() << cluster::kNoPostgres;
        m_address = cluster::sharedPostgres()->newSchema();
        auto opened = store::openSweepStore(m_address, store::IfMissing::Refuse);
        ASSERT_TRUE(opened);
        m_store = std::move(*opened);
        ASSERT_TRUE(m_store->create({"id", "{}"}));
    }
    std::string attack(const std::string& sql) {
        return cluster::sharedPostgres()->query(sql, m_address);
    }
    /// The sentence of a refusal: one line of printable ASCII.
    template <typename Value>
    void expectRefused(const types::Result<Value>& result, const std::string& part) {
        ASSERT_FALSE(result);
        const std::string message = result.error().message();
        EXPECT_NE(message.find(part), std::string::npos) << message;
        EXPECT_LT(message.size(), 600u);
        for (const char c : message)
            EXPECT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
    }

    std::string m_address;
    SweepStorePtr m_store;
};

TEST_F(HostileServer, TextsHaveLimits) {
    attack(
        "INSERT INTO sweep_item (item, variation, variation_sha256) "
        "VALUES (0, repeat('v', 1048577), 'x')");
    expectRefused(m_store->claim("a", 1, 60), "that Netcaliper did not write");
    attack("UPDATE sweep_spec SET spec = repeat('v', 1048577)");
    expectRefused(m_store->spec(), "that Netcaliper did not write");
}

TEST_F(HostileServer, NumbersHaveRanges) {
    attack("INSERT INTO sweep_item (item, variation, variation_sha256) VALUES (-5, 'v', 'x')");
    expectRefused(m_store->claim("a", 1, 60), "out of range");
    attack(
        "INSERT INTO sweep_outcome (item, is_failed, document, digest, seconds, owner) "
        "VALUES (-5, false, '{}', 'd', 'NaN', 'a')");
    expectRefused(m_store->status(), "out of range");
    expectRefused(m_store->outcomesAfter(0, 10), "out of range");
}

TEST_F(HostileServer, TablesOfOtherTypesAreNoSweep) {
    attack(std::string(kFill) +
           "ALTER TABLE sweep_outcome DROP COLUMN seconds, ADD COLUMN seconds text "
           "NOT NULL DEFAULT 'soon'");
    EXPECT_FALSE(m_store->status());
    EXPECT_FALSE(m_store->outcomesAfter(0, 10) && m_store->status());
    attack("ALTER TABLE sweep_spec ALTER id TYPE text USING repeat('z', 65)");
    expectRefused(m_store->spec(), "that Netcaliper did not write");
    attack("DROP TABLE sweep_worker");
    EXPECT_FALSE(m_store->claim("a", 1, 60));
}

// A view in place of a table can answer with anything.
TEST_F(HostileServer, MoreRowsThanAskedForAreRefused) {
    attack(
        "DROP TABLE sweep_spec; CREATE VIEW sweep_spec AS SELECT 1 AS version, 'id'::text AS id, "
        "'{}'::text AS spec FROM generate_series(1, 3)");
    expectRefused(m_store->spec(), "more rows than were asked for");
}

TEST_F(HostileServer, ErrorsOfTheServerAreOnePrintableLine) {
    attack(
        "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "E'\\x1b[2J\\nline %', repeat('long ', 1000); END $$;"
        "CREATE TRIGGER shout BEFORE INSERT ON sweep_worker FOR EACH ROW EXECUTE FUNCTION shout()");
    expectRefused(m_store->claim("a", 1, 60), "refuses: ?[2J");
}

TEST_F(HostileServer, KeptModelsAreCheckedByHashAndByTheVerifier) {
    attack(std::string(kFill) + "INSERT INTO sweep_model VALUES (0, repeat('0', 64), 'evil')");
    expectRefused(m_store->model(0), "does not match its SHA-256");
    // The right hash of what is no model: the verifier refuses it.
    attack("UPDATE sweep_model SET sha256 = encode(sha256(file), 'hex')");
    const auto bytes = m_store->model(0);
    ASSERT_TRUE(bytes && *bytes);
    EXPECT_FALSE(tflite::readBytes(**bytes, "kept"));
}

TEST_F(HostileServer, AWorkerSurvivesVariationsAndAnswersOfOthers) {
    search::SweepSubject subject;
    subject.graph = classified::classifier();
    subject.program = "1";
    types::Variation half;
    half.width = 0.5;
    std::vector<std::string> variations = {transform::variationText(half), "no JSON", "[[[[[[[["};
    for (const char* knobs :
         {"\"width\": 1e308", "\"width\": -1", "\"quantize\": 7", "\"../../etc/passwd\": 1",
          "\"layers\": {\"999999999\": {\"width\": 0.5}}"})
        variations.push_back(std::string("{\"netcaliper_variation\": 1, ") + knobs + "}");
    std::vector<NewItem> items;
    for (const std::string& variation : variations)
        items.push_back({std::ssize(items), variation});
    items.push_back({std::ssize(items), std::string(100'000, '[')});
    ASSERT_TRUE(m_store->add(items));
    attack(
        "INSERT INTO sweep_item VALUES (100, 'v100', 'x100', 2), (101, 'v101', 'x101', 2);"
        "INSERT INTO sweep_outcome (item, is_failed, document, digest, seconds, owner) VALUES "
        "(100, false, '{\"totals\": {\"macs\": -1}}', 'wrong', 1, 'other'),"
        "(101, false, 'no JSON', encode(sha256('no JSON'), 'hex'), 1, 'other')");
    search::SweepRunOptions options;
    options.owner = "me";
    search::SweptFront front(search::usualObjectives(false, false));
    const auto run = search::runSweep(*m_store, subject, options, front, types::Work{{}, {}, 2});
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_EQ(run->evaluated, 1) << "the one that is a variation";
    EXPECT_EQ(run->status.failed, std::ssize(items) - 1);
    EXPECT_EQ(run->status.open + run->status.running, 0);
    EXPECT_EQ(front.rejected(), 2);
    EXPECT_EQ(front.points().size(), 1u);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// What every database of a sweep does: items are done once, whoever dies.
#include "sweep_contract.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "bytes/sha256.h"
#include "store/sweep_database.h"
#include "support/temporary_dir.h"

namespace sweep_contract {

void SweepContract::begin(int64_t count) {
    ASSERT_TRUE(m_store->create({"id", "{\"program\":\"1\"}"}));
    std::vector<sweep::NewItem> items;
    for (int64_t i = 0; i < count; ++i)
        items.push_back({i, "variation " + std::to_string(i)});
    const auto added = m_store->add(items);
    ASSERT_TRUE(added) << added.error().message();
}

}  // namespace sweep_contract

namespace {

using namespace sweep;
using sweep_contract::SweepContract;

constexpr double kLong = 60, kShort = 0.05;

void outlast(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(2 * seconds + 0.05));
}

Finished answerTo(const Claim& claim, const std::string& text = "{}") {
    return {claim.item, claim.attempt, text, "digest of " + text, 0.5};
}

std::vector<int64_t> itemsIn(const std::vector<Claim>& claims) {
    std::vector<int64_t> items;
    for (const Claim& claim : claims)
        items.push_back(claim.item);
    return items;
}

TEST_P(SweepContract, ItemsAreClaimedInTheirOrderAndOnce) {
    begin(5);
    const auto first = *store().claim("a", 2, kLong);
    EXPECT_EQ(itemsIn(first), (std::vector<int64_t>{0, 1}));
    EXPECT_EQ(first[0].attempt, 1);
    EXPECT_EQ(first[1].variation, "variation 1");
    const auto other = another();
    EXPECT_EQ(itemsIn(*other->claim("b", 10, kLong)), (std::vector<int64_t>{2, 3, 4}));
    EXPECT_TRUE(store().claim("a", 10, kLong)->empty());
}

TEST_P(SweepContract, AskingTwiceResumes) {
    begin(3);
    const auto claims = *store().claim("a", 1, kLong);
    ASSERT_TRUE(store().finish("a", {{answerTo(claims[0])}}));
    begin(4);
    const auto status = *store().status();
    EXPECT_EQ(status.items(), 4);
    EXPECT_EQ(status.done, 1);
    EXPECT_EQ(store().spec()->id, "id");
}

TEST_P(SweepContract, ADatabaseHoldsOneSweep) {
    begin(1);
    const auto second = another()->create({"other", "{}"});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message().find("another sweep"), std::string::npos)
        << second.error().message();
}

TEST_P(SweepContract, AnEmptyDatabaseHoldsNone) {
    EXPECT_FALSE(store().spec());
    EXPECT_FALSE(store().status());
}

TEST_P(SweepContract, EqualVariationsAreOneItem) {
    begin(2);
    ASSERT_TRUE(store().add({{NewItem{7, "variation 1"}, NewItem{8, "variation 8"}}}));
    EXPECT_EQ(itemsIn(*store().claim("a", 10, kLong)), (std::vector<int64_t>{0, 1, 8}));
}

TEST_P(SweepContract, ExpiredLeasesAreTakenWhenNothingIsOpen) {
    begin(2);
    ASSERT_EQ(store().claim("dead", 1, kShort)->size(), 1u);
    outlast(kShort);
    const auto other = another();
    EXPECT_EQ(itemsIn(*other->claim("b", 2, kLong)), std::vector<int64_t>{1});
    const auto taken = *other->claim("b", 2, kLong);
    ASSERT_EQ(itemsIn(taken), std::vector<int64_t>{0});
    EXPECT_EQ(taken[0].attempt, 2);
}

TEST_P(SweepContract, HeartbeatsExtendALeaseUntilItIsLost) {
    begin(1);
    const auto claims = *store().claim("a", 1, kShort);
    EXPECT_TRUE(store().heartbeat("a", claims, kLong)->empty());
    outlast(kShort);
    const auto other = another();
    EXPECT_TRUE(other->claim("b", 1, kLong)->empty());
    EXPECT_TRUE(store().heartbeat("a", claims, kShort)->empty());
    outlast(kShort);
    ASSERT_EQ(other->claim("b", 1, kLong)->size(), 1u);
    EXPECT_EQ(*store().heartbeat("a", claims, kLong), std::vector<int64_t>{0});
}

TEST_P(SweepContract, ReleasedItemsAreOpenAtOnce) {
    begin(2);
    const auto claims = *store().claim("a", 2, kLong);
    ASSERT_TRUE(store().release("a", claims));
    const auto again = *another()->claim("b", 2, kLong);
    ASSERT_EQ(again.size(), 2u);
    EXPECT_EQ(again[0].attempt, 1);
    // They are another's now.
    ASSERT_TRUE(store().release("a", claims));
    EXPECT_EQ(store().status()->running, 2);
}

TEST_P(SweepContract, TheFirstAnswerWins) {
    begin(1);
    const auto late = *store().claim("a", 1, kShort);
    outlast(kShort);
    const auto taken = *store().claim("b", 1, kLong);
    ASSERT_EQ(taken.size(), 1u);
    // The answer of a lost lease is as good as any.
    EXPECT_EQ(*store().finish("a", {{answerTo(late[0])}}), std::vector{Acceptance::Stored});
    EXPECT_EQ(*store().finish("b", {{answerTo(taken[0])}}), std::vector{Acceptance::Repeated});
    EXPECT_EQ(*store().finish("b", {{answerTo(taken[0], "{1}")}}),
              std::vector{Acceptance::Different});
    EXPECT_EQ(*store().finish("b", {{answerTo({99, 1, ""})}}), std::vector{Acceptance::Unknown});
    const auto outcomes = *store().outcomesAfter(0, 10);
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0].document, "{}");
    EXPECT_EQ(outcomes[0].digest, "digest of {}");
    EXPECT_EQ(outcomes[0].variation, "variation 0");
    EXPECT_EQ(outcomes[0].seconds, 0.5);
    EXPECT_EQ(store().status()->done, 1);
}

TEST_P(SweepContract, ErrorsOfFourWorkersEndAnItem) {
    begin(1);
    for (const char* owner : {"a", "b", "c", "d"}) {
        const auto claims = *store().claim(owner, 1, kLong);
        ASSERT_EQ(claims.size(), 1u) << owner;
        ASSERT_TRUE(store().fail(owner, claims[0], std::string("broke ") + owner, false));
        EXPECT_TRUE(store().claim(owner, 1, kLong)->empty()) << owner;
    }
    const auto status = *store().status();
    EXPECT_EQ(status.failed, 1);
    const auto outcomes = *store().outcomesAfter(0, 10);
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_TRUE(outcomes[0].isFailed);
    EXPECT_EQ(outcomes[0].document, "broke d");
    EXPECT_TRUE(store().claim("e", 1, kLong)->empty());
}

TEST_P(SweepContract, AFinalErrorEndsAnItemAtOnce) {
    begin(2);
    const auto claims = *store().claim("a", 1, kLong);
    ASSERT_TRUE(store().fail("a", claims[0], "cannot be made", true));
    const auto status = *store().status();
    EXPECT_EQ(status.failed, 1);
    EXPECT_EQ(status.open, 1);
    EXPECT_EQ(status.lastError, "cannot be made");
}

TEST_P(SweepContract, AnErrorWithoutALeaseIsNone) {
    begin(1);
    const auto claims = *store().claim("a", 1, kLong);
    ASSERT_TRUE(store().fail("b", claims[0], "not mine", true));
    ASSERT_TRUE(store().fail("a", {0, claims[0].attempt + 1, ""}, "not mine", true));
    EXPECT_EQ(store().status()->failed, 0);
    EXPECT_EQ(store().status()->running, 1);
}

TEST_P(SweepContract, LostLeasesAreNoFailuresUntilTheyAreEndless) {
    begin(1);
    for (int i = 1; i <= kMostAttempts; ++i) {
        const auto claims = *store().claim("dies " + std::to_string(i), 1, 0.001);
        ASSERT_EQ(claims.size(), 1u) << i;
        EXPECT_EQ(claims[0].attempt, i);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_TRUE(store().claim("last", 1, kLong)->empty());
    EXPECT_EQ(store().status()->failed, 1);
}

TEST_P(SweepContract, OutcomesComeInPages) {
    begin(5);
    const auto claims = *store().claim("a", 5, kLong);
    std::vector<Finished> answers;
    for (const Claim& claim : claims)
        answers.push_back(answerTo(claim));
    ASSERT_TRUE(store().finish("a", answers));
    std::set<int64_t> seen;
    int64_t sequence = 0;
    for (int page = 0; page < 10 && seen.size() < 5; ++page) {
        const auto outcomes = *store().outcomesAfter(sequence, 2);
        EXPECT_LE(outcomes.size(), 2u);
        for (const Outcome& outcome : outcomes) {
            seen.insert(outcome.item);
            sequence = std::max(sequence, outcome.sequence);
        }
    }
    EXPECT_EQ(seen.size(), 5u);
}

TEST_P(SweepContract, StatusCountsItemsAndWorkers) {
    begin(6);
    const auto claims = *store().claim("a", 3, kLong);
    ASSERT_EQ(store().claim("b", 1, 0.001)->size(), 1u);
    ASSERT_TRUE(store().finish("a", {{answerTo(claims[0]), answerTo(claims[1])}}));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto status = *store().status();
    EXPECT_EQ(status.open, 2);
    EXPECT_EQ(status.running, 2);
    EXPECT_EQ(status.expired, 1);
    EXPECT_EQ(status.done, 2);
    EXPECT_EQ(status.doneLastMinute, 2);
    EXPECT_DOUBLE_EQ(status.computedSeconds, 1);
    ASSERT_EQ(status.workers.size(), 2u);
    EXPECT_EQ(status.workers[0].owner, "a");
    EXPECT_EQ(status.workers[0].done, 2);
    EXPECT_EQ(status.workers[0].running, 1);
    EXPECT_EQ(status.workers[1].running, 1);
    EXPECT_LT(status.workers[1].silentSeconds, 30);
}

TEST_P(SweepContract, ModelsOfTheFrontAreKept) {
    begin(2);
    const types::Bytes model(std::vector<uint8_t>{1, 2, 0, 3});
    ASSERT_TRUE(store().keepModel(1, model, bytes::sha256(model.view())));
    const auto kept = store().model(1);
    ASSERT_TRUE(kept && *kept);
    EXPECT_TRUE(std::ranges::equal((*kept)->view(), model.view()));
    EXPECT_FALSE(store().model(0)->has_value());
    ASSERT_TRUE(store().keepModel(0, model, "another hash"));
    EXPECT_FALSE(store().model(0)) << "a model that is not what was stored";
    const std::vector<int64_t> all = {0, 1};
    ASSERT_TRUE(store().dropModels(all));
    EXPECT_FALSE(store().model(1)->has_value());
}

// Each worker is a connection and a thread of its own.
TEST_P(SweepContract, ManyWorkersDoEachItemOnce) {
    constexpr int64_t kItems = 300;
    begin(kItems);
    std::vector<std::thread> threads;
    std::vector<std::vector<Acceptance>> accepted(4);
    for (size_t t = 0; t < accepted.size(); ++t)
        threads.emplace_back([&, t] {
            const auto mine = another();
            const std::string owner = "worker " + std::to_string(t);
            for (;;) {
                const auto claims = mine->claim(owner, 7, kLong);
                if (!claims || claims->empty()) return;
                std::vector<Finished> answers;
                for (const Claim& claim : *claims)
                    answers.push_back(answerTo(claim));
                const auto stored = mine->finish(owner, answers);
                if (!stored) return;
                accepted[t].insert(accepted[t].end(), stored->begin(), stored->end());
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    int64_t stored = 0;
    for (const auto& each : accepted) {
        stored += std::ranges::count(each, Acceptance::Stored);
        EXPECT_EQ(std::ranges::count(each, Acceptance::Stored), std::ssize(each));
    }
    EXPECT_EQ(stored, kItems);
    EXPECT_EQ(store().status()->done, kItems);
}

class SqliteFile : public sweep_contract::Database {
public:
    SweepStorePtr open() override {
        auto opened =
            store::openSweepStore((m_dir / "sweep.db").string(), store::IfMissing::Create);
        EXPECT_TRUE(opened) << opened.error().message();
        return opened ? std::move(*opened) : nullptr;
    }

private:
    support::TemporaryDir m_dir;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, SweepContract,
                         testing::Values(sweep_contract::Backend{
                             "SQLite",
                             [](std::string&) { return std::make_unique<SqliteFile>(); }}));

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// What the database costs a worker: the time in its calls beside the time that threads compute,
// with variations of half a second in a sweep of 10,000.
#include <gtest/gtest.h>

#include <chrono>

#include "private_postgres.h"
#include "search/sweep/item_crew.h"
#include "search/sweep/run_sweep.h"
#include "store/sweep_database.h"
#include "support/classifier_data.h"
#include "transform/document/variation_file.h"

namespace {

using namespace sweep;
using Clock = std::chrono::steady_clock;

/// Passes calls on and adds up their time.
class TimedStore final : public SweepStore {
    template <typename Call>
    auto timed(Call&& call) {
        const auto begin = Clock::now();
        auto result = call();
        m_seconds += std::chrono::duration<double>(Clock::now() - begin).count();
        return result;
    }

public:
    explicit TimedStore(SweepStorePtr store) : m_store(std::move(store)) {}
    double seconds() const { return m_seconds; }

    types::Result<void> create(const Spec& spec) override {
        return timed([&] { return m_store->create(spec); });
    }
    types::Result<Spec> spec() override {
        return timed([&] { return m_store->spec(); });
    }
    types::Result<void> add(std::span<const NewItem> items) override {
        return timed([&] { return m_store->add(items); });
    }
    types::Result<std::vector<Claim>> claim(const std::string& owner, int32_t count,
                                            double lease) override {
        return timed([&] { return m_store->claim(owner, count, lease); });
    }
    types::Result<std::vector<int64_t>> heartbeat(const std::string& owner,
                                                  std::span<const Claim> claims,
                                                  double lease) override {
        return timed([&] { return m_store->heartbeat(owner, claims, lease); });
    }
    types::Result<void> release(const std::string& owner, std::span<const Claim> claims) override {
        return timed([&] { return m_store->release(owner, claims); });
    }
    types::Result<std::vector<Acceptance>> finish(const std::string& owner,
                                                  std::span<const Finished> answers) override {
        return timed([&] { return m_store->finish(owner, answers); });
    }
    types::Result<void> fail(const std::string& owner, const Claim& claim,
                             const std::string& message, bool isFinal) override {
        return timed([&] { return m_store->fail(owner, claim, message, isFinal); });
    }
    types::Result<SweepStatus> status() override {
        return timed([&] { return m_store->status(); });
    }
    types::Result<std::vector<Outcome>> outcomesAfter(int64_t sequence, int32_t limit) override {
        return timed([&] { return m_store->outcomesAfter(sequence, limit); });
    }
    types::Result<void> keepModel(int64_t item, const types::Bytes& model,
                                  const std::string& sha256) override {
        return timed([&] { return m_store->keepModel(item, model, sha256); });
    }
    types::Result<void> dropModels(std::span<const int64_t> items) override {
        return timed([&] { return m_store->dropModels(items); });
    }
    types::Result<std::optional<types::Bytes>> model(int64_t item) override {
        return timed([&] { return m_store->model(item); });
    }

private:
    SweepStorePtr m_store;
    double m_seconds = 0;
};

/// So many random inputs that one variation takes about half a second on one thread.
search::SweepSubject slowSubject() {
    search::SweepSubject subject;
    subject.graph = classified::classifier();
    subject.program = "1";
    for (subject.options.samples = 500;; subject.options.samples *= 2) {
        subject.options.shared = nullptr;
        search::shareWork(subject, {});
        const Claim claim{0, 1, transform::variationText({})};
        search::evaluateItem(subject, claim, {});  // what is shared is computed once
        const double seconds = search::evaluateItem(subject, claim, {}).seconds;
        if (seconds < 0.3 && subject.options.samples < 1'000'000) continue;
        return subject;
    }
}

TEST(ServerOverhead, IsOnePercentOfComputingAtHalfASecondAVariation) {
    if (!cluster::sharedPostgres()) GTEST_SKIP() << cluster::kNoPostgres;
    const char* extent = std::getenv("NETCALIPER_CLUSTER_TEST");
    const bool isFull = extent != nullptr && std::string(extent) == "full";
    auto opened =
        store::openSweepStore(cluster::sharedPostgres()->newSchema(), store::IfMissing::Refuse);
    ASSERT_TRUE(opened);
    search::SweepSubject subject = slowSubject();
    std::vector<NewItem> items;
    for (int64_t i = 0; i < 10'000; ++i) {
        types::Variation variation;
        variation.width = 1.0 - 1e-9 * static_cast<double>(i);
        items.push_back({i, transform::variationText(variation)});
    }
    ASSERT_TRUE((*opened)->create(search::specOf(subject, "overhead")));
    ASSERT_TRUE((*opened)->add(items));
    TimedStore timed(std::move(*opened));
    search::SweepRunOptions options;
    options.owner = "me";
    options.budget = isFull ? 100 : 16;
    search::SweptFront front(search::usualObjectives(false, false));
    const auto run = search::runSweep(timed, subject, options, front, types::Work{{}, {}, 2});
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_EQ(run->evaluated, options.budget);
    const double share = timed.seconds() / run->computedSeconds;
    std::printf("%lld variations of %.2f s: %.1f ms in the database each, %.2f %% of computing\n",
                static_cast<long long>(run->evaluated),
                run->computedSeconds / static_cast<double>(run->evaluated),
                1000 * timed.seconds() / static_cast<double>(run->evaluated), 100 * share);
    // The short form runs beside other tests, which slow the server down.
    EXPECT_LT(share, isFull ? 0.01 : 0.1);
}

}  // namespace

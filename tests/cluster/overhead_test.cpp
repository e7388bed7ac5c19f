// SPDX-License-Identifier: GPL-3.0-or-later
// What the database costs a worker: the time in its calls, in a sweep of 10,000 variations.
#include <gtest/gtest.h>

#include <chrono>

#include "private_postgres.h"
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

struct Cost {
    int64_t evaluated = 0;
    double databaseSeconds = 0, computedSeconds = 0;
};

/// Works on a part of a sweep of 10,000 variations with so many random inputs.
Cost costOf(int32_t samples, int64_t budget) {
    auto opened =
        store::openSweepStore(cluster::sharedPostgres()->newSchema(), store::IfMissing::Refuse);
    EXPECT_TRUE(opened);
    search::SweepSubject subject;
    subject.graph = classified::classifier();
    subject.program = "1";
    subject.options.samples = samples;
    search::shareWork(subject, {});
    std::vector<NewItem> items;
    for (int64_t i = 0; i < 10'000; ++i) {
        types::Variation variation;
        variation.width = 1.0 - 1e-9 * static_cast<double>(i);
        items.push_back({i, transform::variationText(variation)});
    }
    EXPECT_TRUE((*opened)->create(search::specOf(subject, "overhead")));
    EXPECT_TRUE((*opened)->add(items));
    TimedStore timed(std::move(*opened));
    search::SweepRunOptions options;
    options.owner = "me";
    options.budget = budget;
    search::SweptFront front(search::usualObjectives(false, false));
    const auto run = search::runSweep(timed, subject, options, front, types::Work{{}, {}, 2});
    EXPECT_TRUE(run) << run.error().message();
    if (!run) return {};
    return {run->evaluated, timed.seconds(), run->computedSeconds};
}

TEST(ServerOverhead, IsFiveMillisecondsAVariationAtMost) {
    if (!cluster::sharedPostgres()) GTEST_SKIP() << cluster::kNoPostgres;
    const char* extent = std::getenv("NETCALIPER_CLUSTER_TEST");
    const bool isFull = extent != nullptr && std::string(extent) == "full";
    const Cost cost = costOf(2000, isFull ? 60 : 8);
    ASSERT_GT(cost.evaluated, 0);
    const auto evaluated = static_cast<double>(cost.evaluated);
    const double each = cost.databaseSeconds / evaluated;
    std::printf("%.0f variations of %.2f s: %.1f ms in the database each\n", evaluated,
                cost.computedSeconds / evaluated, 1000 * each);
    // The short form is mostly begin and end, and runs beside other tests.
    EXPECT_LE(each, isFull ? 0.005 : 0.5);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MemorySweepStore: the queue of a sweep in this process, for searches whose answers nobody needs
// later. Unlike a database it is lost with the process.
//
// Thread rules: many threads; each call is one transaction.

#include <map>
#include <mutex>
#include <unordered_set>

#include "sweep/sweep_store.h"

namespace search {

class MemorySweepStore : public sweep::SweepStore {
public:
    types::Result<void> create(const sweep::Spec& spec) override;
    types::Result<sweep::Spec> spec() override;
    types::Result<void> add(std::span<const sweep::NewItem> items) override;
    types::Result<std::vector<sweep::Claim>> claim(const std::string& owner, int32_t count,
                                                   double leaseSeconds) override;
    types::Result<std::vector<int64_t>> heartbeat(const std::string& owner,
                                                  std::span<const sweep::Claim> claims,
                                                  double leaseSeconds) override;
    types::Result<void> release(const std::string& owner,
                                std::span<const sweep::Claim> claims) override;
    types::Result<std::vector<sweep::Acceptance>> finish(
        const std::string& owner, std::span<const sweep::Finished> answers) override;
    types::Result<void> fail(const std::string& owner, const sweep::Claim& claim,
                             const std::string& message, bool isFinal) override;
    types::Result<sweep::SweepStatus> status() override;
    types::Result<std::vector<sweep::Outcome>> outcomesAfter(int64_t sequence,
                                                             int32_t limit) override;
    types::Result<void> keepModel(int64_t item, const types::Bytes& model,
                                  const std::string& sha256) override;
    types::Result<void> dropModels(std::span<const int64_t> items) override;
    types::Result<std::optional<types::Bytes>> model(int64_t item) override;

private:
    enum class State : int8_t { Open, Leased, Done, Failed };
    struct Item {
        std::string variation, owner;
        State state = State::Open;
        int32_t attempt = 0;
        double leaseEnd = 0;
        std::map<std::string, std::string> failures;  ///< message by owner
    };
    struct Worker {
        int64_t done = 0;
        double seen = 0;
    };

    bool isMine(const std::string& owner, const sweep::Claim& claim);
    void lease(Item& item, const std::string& owner, double leaseSeconds);
    void failForGood(int64_t item, const std::string& message);
    void answer(int64_t item, sweep::Outcome outcome, State state);

    std::mutex m_mutex;
    std::optional<sweep::Spec> m_spec;
    std::map<int64_t, Item> m_items;
    std::unordered_set<std::string> m_variations;
    std::vector<sweep::Outcome> m_outcomes;
    std::vector<double> m_stored;           ///< time of each outcome
    std::map<int64_t, size_t> m_outcomeOf;  ///< by item
    std::map<std::string, Worker> m_workers;
    std::map<int64_t, std::pair<types::Bytes, std::string>> m_models;
};

}  // namespace search

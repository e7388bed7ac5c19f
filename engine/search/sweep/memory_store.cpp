// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/memory_store.h"

#include <algorithm>
#include <chrono>

#include "bytes/sha256.h"

namespace search {

using namespace types;
using sweep::Acceptance;
using sweep::Claim;

namespace {

double clockSeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Result<void> MemorySweepStore::create(const sweep::Spec& wanted) {
    const std::scoped_lock lock(m_mutex);
    if (m_spec && m_spec->id != wanted.id)
        return types::fail("holds another sweep", "memory", "use a store for each sweep");
    m_spec = wanted;
    return {};
}

Result<sweep::Spec> MemorySweepStore::spec() {
    const std::scoped_lock lock(m_mutex);
    if (!m_spec) return types::fail("holds no sweep", "memory", "begin one");
    return *m_spec;
}

Result<void> MemorySweepStore::add(std::span<const sweep::NewItem> items) {
    const std::scoped_lock lock(m_mutex);
    for (const sweep::NewItem& item : items)
        if (!m_items.contains(item.item) && m_variations.insert(item.variation).second)
            m_items[item.item].variation = item.variation;
    return {};
}

void MemorySweepStore::lease(Item& item, const std::string& owner, double leaseSeconds) {
    item.state = State::Leased;
    item.owner = owner;
    item.leaseEnd = clockSeconds() + leaseSeconds;
    ++item.attempt;
}

Result<std::vector<Claim>> MemorySweepStore::claim(const std::string& owner, int32_t count,
                                                   double leaseSeconds) {
    const std::scoped_lock lock(m_mutex);
    m_workers[owner].seen = clockSeconds();
    std::vector<Claim> claims;
    const auto take = [&](bool expired) {
        for (auto& [number, item] : m_items) {
            if (std::ssize(claims) == count) return;
            const bool isFree = expired
                                    ? item.state == State::Leased && item.leaseEnd < clockSeconds()
                                    : item.state == State::Open;
            if (!isFree || item.failures.contains(owner)) continue;
            if (expired && item.attempt >= sweep::kMostAttempts) {
                failForGood(number, "was begun many times and never answered");
                continue;
            }
            lease(item, owner, leaseSeconds);
            claims.push_back({number, item.attempt, item.variation});
        }
    };
    take(false);
    if (claims.empty()) take(true);
    return claims;
}

bool MemorySweepStore::isMine(const std::string& owner, const Claim& claim) {
    const auto found = m_items.find(claim.item);
    return found != m_items.end() && found->second.state == State::Leased &&
           found->second.owner == owner && found->second.attempt == claim.attempt;
}

Result<std::vector<int64_t>> MemorySweepStore::heartbeat(const std::string& owner,
                                                         std::span<const Claim> claims,
                                                         double leaseSeconds) {
    const std::scoped_lock lock(m_mutex);
    m_workers[owner].seen = clockSeconds();
    std::vector<int64_t> lost;
    for (const Claim& each : claims) {
        if (isMine(owner, each))
            m_items[each.item].leaseEnd = clockSeconds() + leaseSeconds;
        else
            lost.push_back(each.item);
    }
    return lost;
}

Result<void> MemorySweepStore::release(const std::string& owner, std::span<const Claim> claims) {
    const std::scoped_lock lock(m_mutex);
    for (const Claim& each : claims)
        if (isMine(owner, each)) {
            m_items[each.item].state = State::Open;
            --m_items[each.item].attempt;
        }
    return {};
}

void MemorySweepStore::answer(int64_t item, sweep::Outcome outcome, State state) {
    outcome.sequence = std::ssize(m_outcomes) + 1;
    outcome.item = item;
    outcome.variation = m_items[item].variation;
    m_outcomeOf[item] = m_outcomes.size();
    m_outcomes.push_back(std::move(outcome));
    m_stored.push_back(clockSeconds());
    m_items[item].state = state;
}

Result<std::vector<Acceptance>> MemorySweepStore::finish(const std::string& owner,
                                                         std::span<const sweep::Finished> answers) {
    const std::scoped_lock lock(m_mutex);
    m_workers[owner].seen = clockSeconds();
    std::vector<Acceptance> accepted;
    for (const sweep::Finished& each : answers) {
        if (const auto known = m_outcomeOf.find(each.item); known != m_outcomeOf.end()) {
            const bool isEqual = m_outcomes[known->second].digest == each.digest;
            accepted.push_back(isEqual ? Acceptance::Repeated : Acceptance::Different);
        } else if (!m_items.contains(each.item)) {
            accepted.push_back(Acceptance::Unknown);
        } else {
            answer(each.item, {0, 0, {}, false, each.document, each.digest, each.seconds},
                   State::Done);
            ++m_workers[owner].done;
            accepted.push_back(Acceptance::Stored);
        }
    }
    return accepted;
}

void MemorySweepStore::failForGood(int64_t item, const std::string& message) {
    answer(item, {0, 0, {}, true, message, {}, 0}, State::Failed);
}

Result<void> MemorySweepStore::fail(const std::string& owner, const Claim& claim,
                                    const std::string& message, bool isFinal) {
    const std::scoped_lock lock(m_mutex);
    m_workers[owner].seen = clockSeconds();
    if (!isMine(owner, claim)) return {};
    Item& item = m_items[claim.item];
    item.failures[owner] = message;
    item.state = State::Open;
    if (isFinal || std::ssize(item.failures) > sweep::kMostFailures)
        failForGood(claim.item, message);
    return {};
}

Result<sweep::SweepStatus> MemorySweepStore::status() {
    const std::scoped_lock lock(m_mutex);
    if (!m_spec) return types::fail("holds no sweep", "memory", "begin one");
    sweep::SweepStatus status;
    const double now = clockSeconds();
    std::map<std::string, int64_t> running;
    for (const auto& [number, item] : m_items) {
        status.open += item.state == State::Open ? 1 : 0;
        status.done += item.state == State::Done ? 1 : 0;
        status.failed += item.state == State::Failed ? 1 : 0;
        if (item.failures.size() > 0) status.lastError = item.failures.rbegin()->second;
        if (item.state != State::Leased) continue;
        ++status.running;
        ++running[item.owner];
        status.expired += item.leaseEnd < now ? 1 : 0;
    }
    for (size_t i = 0; i < m_outcomes.size(); ++i) {
        status.computedSeconds += m_outcomes[i].seconds;
        if (!m_outcomes[i].isFailed && m_stored[i] > now - 60) ++status.doneLastMinute;
        if (m_outcomes[i].isFailed) status.lastError = m_outcomes[i].document;
    }
    for (const auto& [owner, worker] : m_workers)
        status.workers.push_back({owner, worker.done, running[owner], now - worker.seen});
    return status;
}

Result<std::vector<sweep::Outcome>> MemorySweepStore::outcomesAfter(int64_t sequence,
                                                                    int32_t limit) {
    const std::scoped_lock lock(m_mutex);
    const int64_t first = std::clamp<int64_t>(sequence, 0, std::ssize(m_outcomes));
    const int64_t count = std::min<int64_t>(limit, std::ssize(m_outcomes) - first);
    return std::vector<sweep::Outcome>(m_outcomes.begin() + first,
                                       m_outcomes.begin() + first + count);
}

Result<void> MemorySweepStore::keepModel(int64_t item, const Bytes& model,
                                         const std::string& sha256) {
    const std::scoped_lock lock(m_mutex);
    m_models[item] = {model, sha256};
    return {};
}

Result<void> MemorySweepStore::dropModels(std::span<const int64_t> items) {
    const std::scoped_lock lock(m_mutex);
    for (int64_t item : items)
        m_models.erase(item);
    return {};
}

Result<std::optional<Bytes>> MemorySweepStore::model(int64_t item) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_models.find(item);
    if (found == m_models.end()) return std::optional<Bytes>();
    if (bytes::sha256(found->second.first.view()) != found->second.second)
        return types::fail("holds another model than was kept", "memory", "make it again");
    return std::optional(found->second.first);
}

}  // namespace search

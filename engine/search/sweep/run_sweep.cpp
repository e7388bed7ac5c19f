// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/run_sweep.h"

#include <algorithm>
#include <thread>

#include "bytes/sha256.h"
#include "search/sweep/item_crew.h"

namespace search {
namespace {

using namespace types;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// Answers are stored together, which spares the disk: the less often the longer it takes, so that
/// the database takes a small share of the time.
constexpr double kStoreEvery = 0.25, kStoreSeldom = 2;
constexpr double kStoreShare = 0.005;
constexpr size_t kStoreAtMost = 200;
/// A claim is work for this long.
constexpr double kClaimSeconds = 3;
constexpr int32_t kMostClaimed = 2000;
constexpr int32_t kOutcomesAtOnce = 2000;
constexpr auto kPollEvery = std::chrono::milliseconds(200);
constexpr auto kNoTime = std::chrono::milliseconds(0);
/// How often a display is told; less often where counting a large sweep takes long, so that it
/// takes a small share of the database's time even with many workers.
constexpr double kTellEvery = 0.5, kTellSeldom = 5;
constexpr double kTellShare = 0.002;

std::string sha256Of(const std::string& text) {
    return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

class SweepWorker {
public:
    SweepWorker(sweep::SweepStore& store, const SweepSubject& subject,
                const SweepRunOptions& options, SweptFront& front, const Work& work)
        : m_store(store),
          m_options(options),
          m_front(front),
          m_work(work),
          m_threads(std::max(work.threads, 1)),
          m_crew(subject, m_threads) {}

    Result<SweepRun> run() {
        const auto start = Clock::now();
        m_lastBeat = m_lastStored = start;
        for (bool goesOn = true; goesOn;) {
            auto next = step();
            if (!next) return leave(next.error());
            goesOn = *next;
        }
        if (auto left = handBack(); !left) return tl::unexpected(left.error());
        if (auto told = tell(true); !told) return tl::unexpected(told.error());
        m_run.seconds = Seconds(Clock::now() - start).count();
        return m_run;
    }

private:
    /// False when there is nothing more to do.
    Result<bool> step() {
        if (isOver()) {
            m_run.wasStopped = true;
            return false;
        }
        auto claimed = claim();
        if (!claimed) return tl::unexpected(claimed.error());
        // Where nothing runs here, there is nothing to wait for but other workers.
        collect(m_crew.unfinishedCount() > 0 || m_waitsForOthers ? kPollEvery : kNoTime);
        if (auto stored = storeAnswers(false); !stored) return tl::unexpected(stored.error());
        if (auto beat = heartbeat(); !beat) return tl::unexpected(beat.error());
        if (auto told = tell(false); !told) return tl::unexpected(told.error());
        const bool isIdle = (m_crew.unfinishedCount() == 0) && m_finished.empty();
        if (!isIdle || *claimed > 0) return true;
        return isMoreToCome();
    }

    bool isOver() const {
        return m_work.isStopped() || (m_options.deadline && Clock::now() >= *m_options.deadline);
    }

    int64_t budgetLeft() const {
        return m_options.budget > 0 ? m_options.budget - m_claimed : kMostClaimed;
    }

    /// The number of items that all threads compute in a few seconds.
    int32_t claimSize() const {
        if (m_collected == 0) return m_threads;
        const double seconds =
            std::max(m_collectedSeconds / static_cast<double>(m_collected), 1e-4);
        const double items = kClaimSeconds * m_threads / seconds;
        return static_cast<int32_t>(std::clamp<double>(items, m_threads, kMostClaimed));
    }

    Result<size_t> claim() {
        const int32_t wanted = claimSize();
        // Half a claim is left: the threads need not wait for the database.
        if (static_cast<int32_t>(m_crew.waitingCount()) > wanted / 2) return 0;
        const auto count = static_cast<int32_t>(std::min<int64_t>(wanted, budgetLeft()));
        if (count <= 0 || Clock::now() < m_nextClaim) return 0;
        auto claims = m_store.claim(m_options.owner, count, m_options.leaseSeconds);
        if (!claims) return tl::unexpected(claims.error());
        const size_t got = claims->size();
        m_foundNothing = got == 0;
        if (got > 0) m_waitsForOthers = false;
        if (got == 0) m_nextClaim = Clock::now() + kPollEvery;
        m_claimed += static_cast<int64_t>(got);
        m_crew.add(std::move(*claims));
        return got;
    }

    void collect(std::chrono::milliseconds most) {
        for (CrewResult& result : m_crew.takeFinished(most)) {
            ++m_collected;
            m_collectedSeconds += result.seconds;
            m_finished.push_back(std::move(result));
        }
    }

    /// Stores what is finished, when it is enough or old enough.
    Result<void> storeAnswers(bool all) {
        const auto now = Clock::now();
        const bool isDue = all || m_finished.size() >= kStoreAtMost ||
                           Seconds(now - m_lastStored).count() > m_storeEvery ||
                           m_crew.unfinishedCount() == 0;
        if (m_finished.empty() || !isDue) return {};
        m_lastStored = now;
        std::vector<sweep::Finished> answers;
        for (const CrewResult& result : m_finished)
            if (!result.document.empty())
                answers.push_back({result.claim.item, result.claim.attempt, result.document,
                                   sha256Of(result.document), result.seconds});
        const auto accepted = m_store.finish(m_options.owner, answers);
        if (!accepted) return tl::unexpected(accepted.error());
        m_run.different += std::ranges::count(*accepted, sweep::Acceptance::Different);
        for (CrewResult& result : m_finished)
            if (auto noted = note(result); !noted) return noted;
        m_finished.clear();
        auto followed = followFront();
        m_storeEvery = std::clamp(Seconds(Clock::now() - now).count() / kStoreShare, kStoreEvery,
                                  kStoreSeldom);
        return followed;
    }

    Result<void> note(CrewResult& result) {
        m_run.computedSeconds += result.seconds;
        if (!result.document.empty()) {
            ++m_run.evaluated;
            if (!result.model.empty()) m_models[result.claim.item] = std::move(result.model);
            return {};
        }
        if (result.error.empty())
            return m_store.release(m_options.owner, std::span(&result.claim, 1));
        ++m_run.failed;
        return m_store.fail(m_options.owner, result.claim, result.error, result.isFinal);
    }

    /// Reads what is new in the database, and keeps the models of the front.
    Result<void> followFront() {
        for (;;) {
            const auto outcomes = m_store.outcomesAfter(m_sequence, kOutcomesAtOnce);
            if (!outcomes) return tl::unexpected(outcomes.error());
            std::vector<int64_t> gone;
            for (const sweep::Outcome& outcome : *outcomes) {
                m_sequence = std::max(m_sequence, outcome.sequence);
                const bool joins = m_front.take(outcome, gone);
                const auto model = m_models.find(outcome.item);
                if (model == m_models.end()) continue;
                if (joins)
                    if (auto kept = m_store.keepModel(outcome.item, model->second,
                                                      bytes::sha256(model->second.view()));
                        !kept)
                        return kept;
                m_models.erase(model);
                m_keepsModels = true;
            }
            if (m_keepsModels)
                if (auto dropped = m_store.dropModels(gone); !dropped) return dropped;
            if (outcomes->size() < static_cast<size_t>(kOutcomesAtOnce)) return {};
        }
    }

    Result<void> heartbeat() {
        if (Seconds(Clock::now() - m_lastBeat).count() < m_options.leaseSeconds / 3) return {};
        m_lastBeat = Clock::now();
        std::vector<sweep::Claim> claims = m_crew.unfinished();
        for (const CrewResult& result : m_finished)
            claims.push_back(result.claim);
        if (claims.empty()) return {};
        // A lost lease is no harm: the first answer wins.
        const auto lost = m_store.heartbeat(m_options.owner, claims, m_options.leaseSeconds);
        if (!lost) return tl::unexpected(lost.error());
        return {};
    }

    Result<void> tell(bool atEnd) {
        const auto now = Clock::now();
        if (!atEnd && Seconds(now - m_lastTold).count() < m_tellEvery) return {};
        m_lastTold = now;
        auto status = m_store.status();
        if (!status) return tl::unexpected(status.error());
        m_tellEvery =
            std::clamp(Seconds(Clock::now() - now).count() / kTellShare, kTellEvery, kTellSeldom);
        m_run.status = std::move(*status);
        const auto items = static_cast<double>(std::max<int64_t>(m_run.status.items(), 1));
        const auto over = static_cast<double>(m_run.status.done + m_run.status.failed);
        m_work.report(over / items, (std::to_string(m_run.status.done) + " of " +
                                     std::to_string(m_run.status.items()) + " variations")
                                        .c_str());
        if (m_options.onAnswers) m_options.onAnswers(m_front, m_run.status);
        return {};
    }

    /// Nothing could be claimed and nothing is left here.
    Result<bool> isMoreToCome() {
        if (m_options.budget > 0 && budgetLeft() <= 0) return false;
        // Fast items may end before the next claim is asked for.
        if (!m_foundNothing) return true;
        const auto status = m_store.status();
        if (!status) return tl::unexpected(status.error());
        m_waitsForOthers = status->running > 0 && m_options.waitsForOthers;
        return m_waitsForOthers;
    }

    Result<void> handBack() {
        const auto waiting = m_crew.takeWaiting();
        if (auto released = m_store.release(m_options.owner, waiting); !released) return released;
        m_crew.stop();
        while (!(m_crew.unfinishedCount() == 0))
            collect(kPollEvery);
        collect(kNoTime);
        if (auto stored = storeAnswers(true); !stored) return stored;
        return followFront();
    }

    /// After an Error of the database: what can be handed back is, and the Error is returned.
    tl::unexpected<Error> leave(const Error& error) {
        m_crew.stop();
        (void)m_store.release(m_options.owner, m_crew.takeWaiting());
        return tl::unexpected(error);
    }

    sweep::SweepStore& m_store;
    const SweepRunOptions& m_options;
    SweptFront& m_front;
    const Work& m_work;
    const int m_threads;
    ItemCrew m_crew;
    std::vector<CrewResult> m_finished;
    std::map<int64_t, Bytes> m_models;  ///< trained here, not yet seen in the database
    bool m_keepsModels = false;
    bool m_foundNothing = false;    ///< by the last claim
    bool m_waitsForOthers = false;  ///< nothing is left but what others have leased
    int64_t m_collected = 0;        ///< items that the threads have finished with
    double m_collectedSeconds = 0;
    int64_t m_sequence = 0, m_claimed = 0;
    double m_tellEvery = kTellEvery, m_storeEvery = kStoreEvery;
    Clock::time_point m_lastBeat, m_lastStored, m_lastTold, m_nextClaim;
    SweepRun m_run;
};

}  // namespace

Result<SweepRun> runSweep(sweep::SweepStore& store, const SweepSubject& subject,
                          const SweepRunOptions& options, SweptFront& front, const Work& work) {
    return SweepWorker(store, subject, options, front, work).run();
}

Result<void> readFront(sweep::SweepStore& store, SweptFront& front) {
    int64_t sequence = 0;
    std::vector<int64_t> gone;
    for (;;) {
        const auto outcomes = store.outcomesAfter(sequence, kOutcomesAtOnce);
        if (!outcomes) return tl::unexpected(outcomes.error());
        for (const sweep::Outcome& outcome : *outcomes) {
            sequence = std::max(sequence, outcome.sequence);
            front.take(outcome, gone);
        }
        if (outcomes->size() < static_cast<size_t>(kOutcomesAtOnce)) return {};
    }
}

}  // namespace search

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to runSweep(): threads that evaluate claimed items.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "search/sweep/sweep_subject.h"
#include "types/work.h"

namespace search {

/// An item that a thread has finished with.
struct CrewResult {
    sweep::Claim claim;
    std::string document;  ///< empty: there is no answer
    std::string error;     ///< of an item without an answer; empty: it was stopped
    bool isFinal = true;   ///< trying again would give the same error
    double seconds = 0;
    types::Bytes model;  ///< of a trained variation
};

class ItemCrew {
public:
    ItemCrew(const SweepSubject& subject, int threads);
    /// Stops running items and joins.
    ~ItemCrew();
    ItemCrew(const ItemCrew&) = delete;
    ItemCrew& operator=(const ItemCrew&) = delete;

    void add(std::vector<sweep::Claim> claims);
    /// Waits until something is finished, but not longer than `most`.
    std::vector<CrewResult> takeFinished(std::chrono::milliseconds most);
    /// Removes the items that nobody has begun.
    std::vector<sweep::Claim> takeWaiting();
    /// Asks the running items to end.
    void stop() { m_stop.request_stop(); }

    size_t waitingCount() const;
    /// Items that are not finished: waiting and running.
    size_t unfinishedCount() const;
    std::vector<sweep::Claim> unfinished() const;

private:
    void work();

    const SweepSubject& m_subject;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake, m_done;
    std::deque<sweep::Claim> m_waiting;
    std::vector<sweep::Claim> m_running;
    std::vector<CrewResult> m_finished;
    bool m_ends = false;
    std::stop_source m_stop;
    std::vector<std::thread> m_threads;
};

/// Evaluates one item by one thread. `claim` is untrusted.
CrewResult evaluateItem(const SweepSubject& subject, const sweep::Claim& claim,
                        const std::stop_token& stop);

}  // namespace search

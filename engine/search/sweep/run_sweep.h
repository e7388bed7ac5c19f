// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// runSweep(): works through the items of a sweep with all cores of this machine, beside any number
// of other workers on the same database.
//
// One thread claims, stores, extends leases and keeps the front; the others evaluate, one item
// each. When the work is stopped, leases are handed back at once and items that are finished are
// stored. Trained models of the front are kept in the database; others can be made again from
// variation and seed.

#include <chrono>
#include <functional>
#include <optional>

#include "search/sweep/sweep_subject.h"
#include "search/sweep/swept_front.h"
#include "types/work.h"

namespace search {

struct SweepRunOptions {
    std::string owner;         ///< names this worker: "host:pid"
    double leaseSeconds = 60;  ///< extended at every third of it
    int64_t budget = 0;        ///< items that this worker takes at most; 0: all
    std::optional<std::chrono::steady_clock::time_point> deadline;
    /// Waits for items that others have leased, to take them over where a lease expires.
    bool waitsForOthers = true;
    /// Told after answers were stored, by the calling thread. May be empty.
    std::function<void(const SweptFront& front, const sweep::SweepStatus& status)> onAnswers;
};

struct SweepRun {
    sweep::SweepStatus status;        ///< of the database, at the end
    int64_t evaluated = 0;       ///< items that this worker answered
    int64_t failed = 0;          ///< items that this worker could not answer
    int64_t different = 0;       ///< answers that differ from a stored one
    double seconds = 0;          ///< wall clock
    double computedSeconds = 0;  ///< of all threads, for the answers
    bool wasStopped = false;     ///< by the caller or the time limit
};

/// `front` holds what the database held before, too. An Error of the database ends the sweep; the
/// leases that could not be handed back expire.
types::Result<SweepRun> runSweep(sweep::SweepStore& store, const SweepSubject& subject,
                                 const SweepRunOptions& options, SweptFront& front,
                                 const types::Work& work);

/// The outcomes of the database into the front.
types::Result<void> readFront(sweep::SweepStore& store, SweptFront& front);

}  // namespace search

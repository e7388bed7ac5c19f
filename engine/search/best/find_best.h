// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// findBest(): searches a space for the variation that serves a goal best.
//
// Candidates are costed first, without samples and without training, in milliseconds; those that
// miss a limit of costs go no further. The others are evaluated like items of a sweep, in a
// database that remembers them: asking again resumes. Equal seeds give equal searches.
//
// - Exhaustive: every distinct variation. The truth to compare with.
// - Evolution: NSGA-II with constraint domination (Deb, Pratap, Agarwal, Meyarivan 2002). Offspring
//   are screened by what their costs and the nearest known qualities promise.
// - Halving: many candidates are judged without training, a third of them after a short training, a
//   ninth after the full one (successive halving: Jamieson, Talwalkar 2016).
// - Gradient: the widths of all channel groups as differentiable masks on the trained model
//   (best/soft_widths.h), under soft limits on what the board costs; each found set is cut, trained
//   and evaluated. Of the space it takes the precisions.
//
// The dataset is split first: a part calibrates and trains, a part chooses, and a part that no
// candidate saw judges what was chosen.

#include <chrono>
#include <string>

#include "search/best/goal.h"
#include "search/space/space.h"
#include "search/sweep/run_sweep.h"

namespace search {

enum class Strategy : int8_t { Exhaustive, Evolution, Halving, Gradient };

struct SearchOptions {
    Goal goal;
    Strategy strategy = Strategy::Evolution;
    uint64_t seed = 1;
    int32_t population = 24;
    int64_t evaluations = 0;  ///< at most; 0: as many as the strategy and the time allow
    std::optional<std::chrono::steady_clock::time_point> deadline;
    std::string owner;
    double leaseSeconds = 60;
};

/// A variation with what it attains on samples that no candidate saw.
struct JudgedPoint {
    SweptPoint point;                       ///< as the search saw it
    std::optional<types::Quality> quality;  ///< on the judging samples; empty: there are none
    types::GraphPtr graph;                  ///< ready for export
};

struct SearchProgress {
    int64_t evaluations = 0;
    double hypervolume = 0;
};

struct BestFound {
    std::optional<JudgedPoint> best;          ///< empty: nothing fits
    std::string reason;                       ///< why there is no best
    std::optional<SweptPoint> nearest;        ///< where nothing fits: what misses the limits least
    std::vector<SweptPoint> front;            ///< feasible, best objective first
    std::vector<const SweptMetric*> metrics;  ///< in which the front was compared
    std::optional<types::Quality> originalQuality;  ///< of the model as opened, on the same samples
    std::string judgedOn;                           ///< which samples judge; empty: none
    int64_t evaluations = 0;  ///< variations evaluated with samples or training
    int64_t costed = 0;       ///< variations costed
    double hypervolume = 0;
    std::vector<SearchProgress> progress;  ///< after each round
    bool wasStopped = false;
};

/// `subject.options.data` is split here. Errors: a space too large for Exhaustive, an objective
/// that needs samples without data, Halving and Gradient without training; those of the database.
types::Result<BestFound> findBest(sweep::SweepStore& store, const std::string& database,
                                  SweepSubject subject, const Space& space,
                                  const SearchOptions& options, const types::Work& work);

}  // namespace search

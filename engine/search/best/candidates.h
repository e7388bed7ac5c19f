// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to findBest(): Candidates costs and evaluates variations, remembers both, and keeps the
// front and the hypervolume.

#include <unordered_map>

#include "search/best/find_best.h"
#include "search/space/distinct.h"
#include "search/sweep/decide_once.h"

namespace search {

class Candidates {
public:
    Candidates(sweep::SweepStore& store, const SweepSubject& subject, const SearchOptions& options,
               const types::Work& work);

    /// Evaluates the model as opened, decides what data decide once, and reads what the database
    /// knows.
    types::Result<void> begin(const Space& space);

    /// Normalizes the variation and returns the key of its network.
    std::string keyOf(types::Variation& variation) { return m_keys.keyOf(variation); }
    /// Costs of each, nothing for one that cannot be made. Computed on all cores.
    std::vector<std::optional<Answer>> cost(const std::vector<types::Variation>& variations);
    /// Answers of each, those without a training of their own after `train`; nothing for one that
    /// cannot be made or was not reached before the end. Counts those that were not asked before as
    /// evaluations.
    types::Result<std::vector<std::optional<Answer>>> evaluate(
        const std::vector<types::Variation>& variations, const types::TrainKnobs& train);

    /// True after the time, the evaluations or the caller's patience ended.
    bool isOver() const;
    int64_t evaluationsLeft() const;
    int64_t evaluations() const { return m_evaluations; }
    const Goal& goal() const { return m_options.goal; }
    const GoalAxes& axes() const { return *m_axes; }
    const SweepSubject& subject() const { return m_subject; }
    const SearchOptions& options() const { return m_options; }
    const types::Work& work() const { return m_work; }
    const Answer& original() const { return m_original; }

    /// Everything but the judgement.
    BestFound result() const;

private:
    struct Known {
        int64_t item = 0;
        std::optional<Answer> answer;  ///< empty: failed, or not done yet
        bool isDone = false;
        bool isAsked = false;  ///< by this search
    };

    types::Result<void> readOutcomes();
    void take(const std::string& text, Known& known);
    /// `excess` beyond the limits; 0: it keeps them.
    void noteNearest(const SweptPoint& point, double excess);

    sweep::SweepStore& m_store;
    const SweepSubject& m_subject;
    SweepSubject m_costSubject;
    const SearchOptions& m_options;
    const types::Work& m_work;
    DistinctKeys m_keys;
    Decisions m_decisions;
    std::unordered_map<std::string, Known> m_known;  ///< by document
    std::unordered_map<std::string, std::optional<Answer>> m_costs;
    Answer m_original;
    std::optional<GoalAxes> m_axes;
    Front m_front;
    std::unordered_map<int64_t, SweptPoint> m_points;
    std::optional<SweptPoint> m_nearest;
    double m_nearestExcess = 0;
    int64_t m_sequence = 0, m_nextItem = 0, m_evaluations = 0;
    std::vector<SearchProgress> m_progress;
    bool m_wasStopped = false;
};

// The strategies. Each ends when isOver(), or when it has nothing left to try.

types::Result<void> searchAll(Candidates& candidates, const Space& space);
types::Result<void> evolve(Candidates& candidates, const Space& space);
types::Result<void> halve(Candidates& candidates, const Space& space);
types::Result<void> descend(Candidates& candidates, const Space& space);

}  // namespace search

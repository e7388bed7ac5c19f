// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweptFront: the front of a sweep, kept as answers come.

#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "search/front/front.h"
#include "search/sweep/swept_metric.h"
#include "sweep/sweep_store.h"

namespace search {

/// One variation of the front.
struct SweptPoint {
    int64_t item = 0;
    types::Variation variation;
    Answer answer;
};

/// What a sweep compares where nobody says: the quality that the data tell, the latency on the
/// board or else the MACs, and both memories.
std::vector<const SweptMetric*> usualObjectives(bool hasDataset, bool hasDevice);

/// Values to minimize; nothing where one is unknown.
std::optional<Objectives> objectivesOf(const Answer& answer,
                                       const std::vector<const SweptMetric*>& objectives);

class SweptFront {
public:
    explicit SweptFront(std::vector<const SweptMetric*> objectives);

    /// Takes an outcome of the database, which may come again. Its digest, document and variation
    /// are checked; one that is not sound counts as rejected. Returns true where it joins the
    /// front; appends items that leave it to `gone`.
    bool take(const sweep::Outcome& outcome, std::vector<int64_t>& gone);

    std::vector<SweptPoint> points() const;
    int64_t taken() const { return m_taken; }
    int64_t rejected() const { return m_rejected; }
    const std::vector<const SweptMetric*>& objectives() const { return m_objectives; }

private:
    std::vector<const SweptMetric*> m_objectives;
    Front m_front;
    std::unordered_set<int64_t> m_seen;
    std::map<int64_t, SweptPoint> m_points;  ///< those of the front
    int64_t m_taken = 0, m_rejected = 0;
};

}  // namespace search

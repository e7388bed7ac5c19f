// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Goal: what a search looks for: the best of one metric within limits of others.
//
// Candidates are compared in the objective and in every limited metric; without limits in the
// latency on the board, or else the MACs. The hypervolume of a front is measured in shares: of a
// limit from 0 to the limit itself, of any other cost from 0 to the original's, of accuracies from
// 0 to 1; so it lies between 0 and 1.

#include <vector>

#include "search/front/front.h"
#include "search/sweep/swept_metric.h"

namespace search {

struct Goal {
    const SweptMetric* objective = nullptr;
    std::vector<Limit> limits;
    /// Predictions must fit with the upper end of their band.
    bool byUpper = true;
    /// Candidates must fit the board's flash and SRAM, too.
    bool fitsBoard = true;

    /// Sum of the excesses over all limits; 0: it is feasible.
    double excess(const Answer& answer) const;
    /// The same for the figures that need no samples.
    double costExcess(const Answer& answer) const;
    /// True for a better value of the objective; an unknown one is the worst.
    bool isBetter(const Answer& a, const Answer& b) const;
};

/// The axes in which candidates are compared.
class GoalAxes {
public:
    /// `original`: what the model as opened costs and attains.
    GoalAxes(const Goal& goal, const Answer& original, bool hasDevice);

    /// Shares to minimize, with 1 as reference; nothing where one is unknown.
    std::optional<Objectives> shares(const Answer& answer) const;
    Objectives reference() const { return Objectives(m_axes.size(), 1.0); }
    std::vector<const SweptMetric*> metrics() const;

private:
    struct Axis {
        const SweptMetric* metric;
        double whole;  ///< what counts as 1; of more-is-better metrics the best value
    };
    std::vector<Axis> m_axes;
};

/// True for metrics that only running samples tells.
bool needsSamples(const SweptMetric& metric);

}  // namespace search

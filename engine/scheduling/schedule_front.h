// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The front of schedules: those that no other beats in arena, MACs and cost, which is the time
// where it is known.
//
// Every run of consecutive operators that compute rows is a stage that might be taken; its own peak
// and cost are exact. For a limit, the cheapest division of the model into stages below the limit
// is a shortest path. Stages at the peak are then tried with rows that are computed again, which
// need less and cost MACs. The divisions found are planned, and those that no other beats are the
// front: one of schedules that hold the model's inputs as a whole in the arena, and one of those
// that the caller feeds row by row.

#include <functional>

#include "scheduling/schedule.h"
#include "types/result.h"
#include "types/work.h"

namespace scheduling {

/// How model inputs come: as a whole in the arena, row by row where that helps, or both.
enum class Feeding : int8_t { Whole, Rows, Both };

struct FrontOptions {
    Feeding feeding = Feeding::Whole;
    types::Isa isa = types::Isa::Portable;
    /// Microseconds of a plan, which has steps; empty: not known.
    std::function<double(const types::BandPlan&)> timeOf = {};
};

struct SchedulePoint {
    Schedule schedule;
    size_t problem = 0;    ///< index of ScheduleFront::problems
    types::BandPlan plan;  ///< without steps
    bool isFed = false;    ///< the caller gives an input row by row: it is not in the arena
    std::optional<double> timeUs;

    /// The time; where it is not known, MACs and what moved bytes and calls take beside them.
    double cost() const;
};

struct ScheduleFront {
    std::vector<Problem> problems;  ///< the model in each order that was tried
    /// First those with whole inputs, then those fed by rows; each by growing arena. No point is
    /// beaten by another one of its kind in arena, MACs and cost.
    std::vector<SchedulePoint> points;
    SchedulePoint whole;        ///< each operator as a whole
    int64_t tried = 0;          ///< stages and divisions that were evaluated
    int64_t overreadBytes = 0;  ///< that the arena needs beside each plan

    int64_t arenaBytes(const SchedulePoint& point) const {
        return point.plan.arenaBytes + overreadBytes;
    }
};

types::Result<ScheduleFront> findFront(const types::Graph& graph, const FrontOptions& options = {},
                                       const types::Work& work = {});

/// Plans a point with its steps, for lowering.
types::BandPlan planOf(const ScheduleFront& front, const SchedulePoint& point);

/// Points that no other one of their kind beats in arena and MACs alone.
std::vector<const SchedulePoint*> leastMacs(const ScheduleFront& front);

/// The point with the least time (where it is not known: the least MACs, then the least cost) whose
/// arena is at most `bytes`; null where none is. `mayFeed`: also among those fed by rows.
const SchedulePoint* cheapestWithin(const ScheduleFront& front, int64_t bytes, bool mayFeed);
/// The point with the smallest arena.
const SchedulePoint& smallestOf(const ScheduleFront& front, bool mayFeed);

}  // namespace scheduling

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DrawnSweep: what a sweep will try, from the flags of the command line, before anything runs.

#include "search/space/draw_space.h"
#include "search/sweep/sweep_subject.h"
#include "store/sweep_database.h"
#include "sweep_flags.h"

namespace app {

struct DrawnSweep {
    search::SweepSubject subject;
    search::DrawnSpace space;
    sweep::Spec spec;
};

types::Result<DrawnSweep> drawSweep(const SweepFlags& flags, const types::Work& work);

/// Opens the database and begins or resumes the sweep there: a first worker also decides what data
/// decide for all variations (search/sweep/decide_once.h). Waiting for a server is told on
/// stderr.
types::Result<sweep::SweepStorePtr> beginDrawnSweep(const DrawnSweep& drawn,
                                                    const std::string& database,
                                                    store::IfMissing ifMissing,
                                                    store::Patience patience,
                                                    const types::Work& work = {});

/// Mean time of one variation on one thread here: evaluates some, spread over the space, for about
/// ten seconds at most.
double secondsEach(const DrawnSweep& drawn);

}  // namespace app

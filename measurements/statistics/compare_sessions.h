// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compares two sessions: compareSessions() pairs corresponding measurements, refuses where
// conditions differ, and reports a row as different only if
// - the difference of the medians reaches the minimum effect, and
// - it is significant: Welch's t of the medians, with bootstrap standard errors (median_estimate.h)
// and the noise between sessions (noise_floor.h).
// Half of the permitted error rate is for all layers together, half for all other rows together,
// each by Holm's correction (holm.h): two equal sessions are reported as different, in any row,
// with a probability of at most 1 - confidence.
//
// Sizes in bytes, counts and everything that an emulator counts repeat exactly: any difference is
// real, and one sample is enough. Estimates from such counts get no verdict. Rows of estimated
// quantities come last.
//
// The rows are defined in types/session_comparison.h, because the window shows them and may not
// include this room.

#include <span>

#include "types/result.h"
#include "types/session.h"
#include "types/session_comparison.h"

namespace statistics {

struct CompareOptions {
    bool acceptOtherConditions = false;  ///< compare although conditions differ, and report it
    double minimumEffect = 0.01;         ///< as a share; smaller differences are not reported
    double confidence = 0.95;
    /// Further sessions, from which the noise floor is measured; unsuitable ones are ignored.
    std::span<const types::SessionPtr> repeats;
};

/// Returns an Error with the conditions that differ, unless the user accepts them, and where the
/// sessions have no measurement in common.
types::Result<types::SessionComparison> compareSessions(const types::Session& baseline,
                                                        const types::Session& candidate,
                                                        const CompareOptions& options = {});

}  // namespace statistics

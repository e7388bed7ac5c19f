// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compares two sessions without fooling the user: compareSessions() pairs what belongs together,
// refuses where conditions differ, and calls a row different only if
// - the difference of the medians reaches the minimum effect, and
// - it is no accident: Welch's t of the medians, with bootstrap standard errors
//   (median_estimate.h) and the noise between sessions (noise_floor.h).
// Half of the allowed share of mistakes goes to all layers together, half to all other rows
// together, each by Holm's correction (holm.h): two sessions of the same thing are called
// different, in any row, no more often than 1 - confidence.
//
// Sizes in bytes, counts and all that an emulator counts repeat exactly: any difference is real,
// and one sample is enough. What is estimated from such counts gets no verdict. Rows of estimated
// quantities come last.
//
// The rows are a noun of their own (types/session_comparison.h), because the window shows them and
// may not know this room.

#include <span>

#include "types/result.h"
#include "types/session.h"
#include "types/session_comparison.h"

namespace statistics {

struct CompareOptions {
    bool acceptOtherConditions = false;  ///< compare although conditions differ, and say so
    double minimumEffect = 0.01;         ///< as a share; smaller differences do not matter
    double confidence = 0.95;
    /// Further sessions, to measure the noise floor with; those that do not fit are passed over.
    std::span<const types::SessionPtr> repeats;
};

/// Refused, with the conditions that differ, unless the user accepts them; refused too where
/// nothing of the one is found in the other.
types::Result<types::SessionComparison> compareSessions(const types::Session& baseline,
                                                        const types::Session& candidate,
                                                        const CompareOptions& options = {});

}  // namespace statistics

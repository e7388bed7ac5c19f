// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which layers to measure next to learn most: one after another the candidate is taken whose
// measurement would shrink the expected error of all targets most. Only shapes matter, not results,
// so the advice can be given before anything is measured. A known profile behind the fit makes a
// few layers suffice.
//
// Expected error of a target: the variance v' G^-1 v of its relative prediction, G as in
// least_squares.h; measuring x trips it into v' G^-1 v - (v' G^-1 x)^2 / (1 + x' G^-1 x).

#include <vector>

#include "cost/fit/fit.h"

namespace cost {

struct Advice {
    size_t candidate = 0;   ///< index into the candidates
    double errorAfter = 0;  ///< expected relative error of the targets once it is measured (RMS)
};

/// `targets`: what shall be predicted well, weighted by their expected cycles; `measured`: what is
/// known already (may be empty). Gives fewer than `count` only where there are fewer candidates.
std::vector<Advice> measureNext(const std::vector<Workload>& candidates,
                                const std::vector<Workload>& targets,
                                const std::vector<Workload>& measured, const FitOptions& options,
                                size_t count);

}  // namespace cost

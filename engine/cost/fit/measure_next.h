// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Selects the layers whose measurement would improve a fit most: greedily, each step takes the
// candidate that reduces the expected error of all targets most. Only shapes matter, not results,
// so the advice is available before anything is measured. With a known profile as prior, a few
// layers suffice.
//
// Expected error of a target: the variance v' G^-1 v of its relative prediction, G as in
// least_squares.h; measuring x changes it to v' G^-1 v - (v' G^-1 x)^2 / (1 + x' G^-1 x).

#include <vector>

#include "cost/fit/fit.h"

namespace cost {

struct Advice {
    size_t candidate = 0;   ///< index into the candidates
    double errorAfter = 0;  ///< expected relative error of the targets after measuring it (RMS)
};

/// `targets`: layers to predict well, weighted by their expected cycles; `measured`: layers already
/// known (may be empty). Returns fewer than `count` only where there are fewer candidates.
std::vector<Advice> measureNext(const std::vector<Workload>& candidates,
                                const std::vector<Workload>& targets,
                                const std::vector<Workload>& measured, const FitOptions& options,
                                size_t count);

}  // namespace cost

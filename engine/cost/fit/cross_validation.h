// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cross-validation: each layer predicted by a fit that did not see it, and by the baselines.
// Deterministic: the folds depend on the number of layers alone.

#include <vector>

#include "cost/fit/fit.h"
#include "types/work.h"

namespace cost {

/// Ten parts, each predicted from the other nine. Layers of a path that is too rare to be fitted
/// are left out, and those that a stop request leaves no time for.
std::vector<Residual> crossValidate(const std::vector<Observation>& layers,
                                    const FitOptions& options, const types::Work& work = {});

/// One family of kernels (observation.h) after another is left out and predicted from the rest.
/// Families that are the only one of their path are left out.
std::vector<Residual> leaveFamiliesOut(const std::vector<Observation>& layers,
                                       const FitOptions& options, const types::Work& work = {});

/// What people predict with otherwise.
enum class Baseline {
    OpsOnly,           ///< latency = a x MACs + b, over all layers that have MACs
    ThroughputPerOp,   ///< one rate for each operator type: MACs, or outputs where it has none
    NearestNeighbour,  ///< the measured layer of the same operator most like it, scaled by MACs
};

/// The same ten parts.
std::vector<Residual> validateBaseline(const std::vector<Observation>& layers, Baseline baseline);

}  // namespace cost

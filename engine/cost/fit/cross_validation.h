// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cross-validation: predicts each layer by a fit that did not see it, and by the baselines.
// Deterministic: the folds depend on the number of layers alone.

#include <vector>

#include "cost/fit/fit.h"
#include "types/work.h"

namespace cost {

/// Ten folds, each predicted from the other nine. Skips layers of a path that is too rare to be
/// fitted, and all layers not predicted before a stop request.
std::vector<Residual> crossValidate(const std::vector<Observation>& layers,
                                    const FitOptions& options, const types::Work& work = {});

/// Leaves out one kernel family (observation.h) after another and predicts it from the rest.
/// Families that are the only one of their path are skipped.
std::vector<Residual> leaveFamiliesOut(const std::vector<Observation>& layers,
                                       const FitOptions& options, const types::Work& work = {});

/// Common predictions that the model is compared with.
enum class Baseline {
    OpsOnly,           ///< latency = a x MACs + b, over all layers that have MACs
    ThroughputPerOp,   ///< one rate per operator type: MACs, or outputs where it has none
    NearestNeighbour,  ///< the most similar measured layer of the same operator, scaled by MACs
};

/// The same ten folds, predicted by a baseline.
std::vector<Residual> validateBaseline(const std::vector<Observation>& layers, Baseline baseline);

}  // namespace cost

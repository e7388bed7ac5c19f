// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cross-validation: predicts each layer by a fit that did not see it, and by the baselines.
// Deterministic: the folds depend on the number of layers alone.

#include <stop_token>
#include <vector>

#include "cost/fit/fit.h"

namespace cost {

/// Ten folds, each predicted from the other nine. Layers of a path that is too rare to be fitted
/// are skipped.
std::vector<Residual> crossValidate(const std::vector<Observation>& layers,
                                    const FitOptions& options, std::stop_token stop = {});

/// Leaves out one kernel family (observation.h) after another and predicts it from the rest.
/// Families that are the only one of their path are skipped.
std::vector<Residual> leaveFamiliesOut(const std::vector<Observation>& layers,
                                       const FitOptions& options, std::stop_token stop = {});

/// Common predictions that the model is compared with.
enum class Baseline {
    OpsOnly,           ///< latency = a x MACs + b, over all layers that have MACs
    ThroughputPerOp,   ///< one rate per operator type: MACs, or outputs where it has none
    NearestNeighbour,  ///< the most similar measured layer of the same operator, scaled by MACs
};

/// The same ten folds, predicted by a baseline.
std::vector<Residual> validateBaseline(const std::vector<Observation>& layers, Baseline baseline);

}  // namespace cost

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Baselines: three common ways to predict latency, for comparison.

#include <memory>
#include <vector>

#include "cost/fit/cross_validation.h"

namespace cost {

class BaselinePredictor {
public:
    virtual ~BaselinePredictor() = default;
    /// Returns 0 where the baseline has no figure for this operator.
    virtual double cycles(const Workload& workload) const = 0;
};

/// The layers must outlive the predictor.
std::unique_ptr<BaselinePredictor> makeBaseline(Baseline baseline,
                                                const std::vector<const Observation*>& layers);

}  // namespace cost

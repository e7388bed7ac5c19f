// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// observe(): ranges and histograms of a float model's activations on samples.

#include <map>

#include "calibration/histogram.h"
#include "calibration/run_samples.h"

namespace calibration {

struct Observed {
    float low = 0, high = 0;  ///< least and greatest value; both 0 where there was none
    Histogram histogram;      ///< empty unless requested, and where low equals high
};

/// By tensor index.
using Observations = std::map<int32_t, Observed>;

/// Runs the samples once, and again where histograms are requested. NaN and infinite values are
/// skipped. The result does not depend on the number of threads.
types::Result<Observations> observe(const types::Graph& graph, const std::vector<int32_t>& tensors,
                                    const std::vector<RealSample>& samples, bool histograms,
                                    const types::Work& work = {});

}  // namespace calibration

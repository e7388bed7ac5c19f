// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Input rows of linear layers on samples: their mean, or a selection of rows.

#include <map>

#include "calibration/linear_layer.h"
#include "calibration/run_samples.h"

namespace calibration {

/// Rows of one layer (linear_layer.h), one after the other.
struct LayerRows {
    size_t rows = 0, columns = 0;
    std::vector<float> values;  ///< row-major

    float* row(size_t i) { return values.data() + i * columns; }
};

/// Returns the mean row over all positions of all samples, for each given operator.
types::Result<std::map<size_t, std::vector<double>>> meanRows(
    const types::Graph& graph, const std::vector<size_t>& ops,
    const std::vector<RealSample>& samples, const types::Work& work = {});

/// Returns rows of each given operator at positions spread evenly over the output of every sample,
/// about `most` in total, never fewer where there are that many. Deterministic.
types::Result<std::map<size_t, LayerRows>> sampleRows(const types::Graph& graph,
                                                      const std::vector<size_t>& ops,
                                                      const std::vector<RealSample>& samples,
                                                      size_t most, const types::Work& work = {});

}  // namespace calibration

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What linear layers read on samples: the mean of their rows, or some of the rows themselves.

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

/// The mean row over all positions of all samples, for each of the given operators.
types::Result<std::map<size_t, std::vector<double>>> meanRows(
    const types::Graph& graph, const std::vector<size_t>& ops,
    const std::vector<RealSample>& samples, const types::Work& work = {});

/// Rows of each given operator at positions spread evenly over the output of every sample, `most`
/// in total or a few more. The same samples give the same rows.
types::Result<std::map<size_t, LayerRows>> sampleRows(const types::Graph& graph,
                                                      const std::vector<size_t>& ops,
                                                      const std::vector<RealSample>& samples,
                                                      size_t most, const types::Work& work = {});

}  // namespace calibration

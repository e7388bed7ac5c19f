// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs a model on samples and visits chosen activations as real values.

#include <functional>
#include <span>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace calibration {

/// Row-major real values of the i-th requested tensor for one sample.
using VisitTensor = std::function<void(size_t sample, size_t i, std::span<const float> values)>;

/// Runs every sample with the vector kernels and passes the requested tensors (activations or model
/// inputs) to `visit`, which is called on worker threads, concurrently for different samples.
/// Operators behind the last requested tensor do not run; requested activations are kept until the
/// sample is done, which costs memory, not time. The graph is runnable and the samples fit it.
types::Result<void> runSamples(const types::Graph& graph, const std::vector<int32_t>& tensors,
                               const std::vector<RealSample>& samples, const VisitTensor& visit,
                               const types::Work& work = {});

}  // namespace calibration

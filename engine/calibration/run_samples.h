// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Running a model over samples and looking at chosen activations on the way, as real values.

#include <functional>
#include <span>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace calibration {

/// Real values, row-major, of the i-th asked tensor for one sample.
using VisitTensor = std::function<void(size_t sample, size_t i, std::span<const float> values)>;

/// Runs every sample with the vector kernels and shows the asked tensors (activations or model
/// inputs) to `visit`, which is called on worker threads, for different samples at once. Operators
/// behind the last asked tensor do not run; all asked activations are kept until the sample is
/// done, which costs memory, not time. The graph is runnable and the samples fit it.
types::Result<void> runSamples(const types::Graph& graph, const std::vector<int32_t>& tensors,
                               const std::vector<RealSample>& samples, const VisitTensor& visit,
                               const types::Work& work = {});

}  // namespace calibration

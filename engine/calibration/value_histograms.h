// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Histograms of weights, and of activations on samples, for display.

#include <optional>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/value_histogram.h"
#include "types/work.h"

namespace calibration {

/// Of a constant's real values; nothing where it has no numbers of a known form.
std::optional<types::ValueHistogram> constantHistogram(const types::Graph& graph, int32_t tensor);

/// Of activations or model inputs, in the order of `tensors`, on samples that fit the graph, which
/// must be runnable. NaN counts as the least value.
types::Result<std::vector<types::ValueHistogram>> activationHistograms(
    const types::Graph& graph, const std::vector<int32_t>& tensors, const RealInputs& inputs,
    const types::Work& work = {});

}  // namespace calibration

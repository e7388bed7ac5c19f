// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Error of each layer of a varied model against the original: both run on the same samples, layer
// by layer, and each layer of the varied model also runs alone on the original's inputs.

#include <vector>

#include "calibration/real_inputs.h"
#include "diagnosis/matched_layers.h"
#include "types/graph.h"
#include "types/layer_error.h"
#include "types/result.h"
#include "types/work.h"

namespace diagnosis {

struct LayerErrorOptions {
    size_t samples = SIZE_MAX;  ///< number of samples to run
    bool isolated = true;       ///< also run every layer alone
};

/// Returns one error per pair. Both models are runnable and the samples fit both. Holds one
/// sample's activations per thread in memory.
types::Result<std::vector<types::LayerError>> measureLayerErrors(
    const types::Graph& original, const types::Graph& varied, const std::vector<LayerPair>& pairs,
    const calibration::RealInputs& inputs, const LayerErrorOptions& options = {},
    const types::Work& work = {});

}  // namespace diagnosis

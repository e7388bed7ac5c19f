// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSamples: training data of recovery for one layer: at chosen output positions of every
// sample, the row of inputs that the layer now reads (calibration/linear_layer.h) and the outputs
// that it should produce.

#include "calibration/real_inputs.h"
#include "transform/channels/kept_elements.h"
#include "transform/recovery/clamped_least_squares.h"
#include "types/result.h"
#include "types/work.h"

namespace transform {

/// The original model, and the samples that both models run on.
struct RecoveryTargets {
    const types::Graph& original;
    const KeptElements& kept;
    std::vector<calibration::RealSample> samples;
};

struct LayerSamples {
    Matrix inputs, outputs;  ///< one row per position; rows of the held-out samples are the last
    size_t heldOut = 0;      ///< number of held-out rows
};

/// `narrowed`: the model as recovered so far; `op`: a linear layer of it. Every fourth sample is
/// held out. Both models run only up to the layer.
types::Result<LayerSamples> sampleLayer(const RecoveryTargets& targets,
                                        const types::Graph& narrowed, size_t op,
                                        const types::Work& work);

}  // namespace transform

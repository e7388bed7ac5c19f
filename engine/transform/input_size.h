// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Input resolution: a fully convolutional model accepts images of any size, so its first input may
// get another height and width. Shapes are inferred again operator by operator; constants and
// options that state sizes are updated where their meaning is clear: reshapes that keep or merge
// the image's axes, resizing by a fixed factor, slices over whole axes, and pools over the whole
// image. Where the size is fixed (a dense layer after the flattened image, a constant of the
// image's size, state), the model is refused with the operator's name.

#include "transform/apply.h"

namespace transform {

types::Result<types::GraphPtr> resizeInput(const types::GraphPtr& graph,
                                           const types::Variation& variation,
                                           const ApplyContext& context,
                                           std::vector<std::string>& changes);

/// Returns samples for `graph`, resized to the variation's input size (bilinear, pixel centres at
/// halves); the same samples where it sets none.
calibration::RealInputsPtr resizeSamples(const types::Graph& graph,
                                         const types::Variation& variation,
                                         const calibration::RealInputsPtr& inputs);

}  // namespace transform

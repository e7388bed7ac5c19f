// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Input resolution: a fully convolutional model takes images of any size, so its first input may
// get another height and width. Shapes are inferred anew from operator to operator; constants and
// options that spell out sizes follow where their meaning is clear: reshapes that keep or merge the
// image's axes, resizing by a fixed factor, slices that take an axis whole, and pools whose window
// covers the whole image (they still do). Where the size is built in (a dense layer behind the
// flattened image, a constant as large as the image, state), the model is refused with the operator
// named.

#include "transform/apply.h"

namespace transform {

types::Result<types::GraphPtr> resizeInput(const types::GraphPtr& graph,
                                           const types::Variation& variation,
                                           const ApplyContext& context,
                                           std::vector<std::string>& changes);

/// Samples for `graph` scaled to the input size that the variation asks for (bilinear, pixel
/// centres at halves); the very same samples where it asks for none.
calibration::RealInputsPtr resizeSamples(const types::Graph& graph,
                                         const types::Variation& variation,
                                         const calibration::RealInputsPtr& inputs);

}  // namespace transform

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SVDF: a dense layer factored into features and their history. Each of `filters` features is a dot
// product with the newest input; its last `memory` values are kept as state and weighted over time;
// `rank` neighbouring features are summed to one output. Operands: input, feature weights, time
// weights, optional bias, state; output; scratch: one sum per filter, and for integers one per
// output.

#include <stdint.h>

#include "runtime/fixed_point.h"

namespace runtime {

struct SvdfParams {
    int32_t batches = 0, inputs = 0, filters = 0, memory = 0, rank = 1, units = 0;
    int32_t inputOffset = 0, stateZeroPoint = 0, outputOffset = 0;
    Factor featureFactor, outputFactor;
    float lowestFloat = 0.0f, highestFloat = 0.0f;
};

}  // namespace runtime

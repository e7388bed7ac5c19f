// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LearnedScales: scales that training with simulated rounding used, for quantize() to use again, so
// that the quantized model computes what was trained. Indices are those of the trained float graph.

#include <map>
#include <vector>

#include "calibration/range_methods.h"

namespace quantize {

struct LearnedScales {
    /// By activation: range of its codes, as scaleFor() takes it.
    std::map<int32_t, calibration::Range> activations;
    /// By weight tensor: one scale, or one per output channel.
    std::map<int32_t, std::vector<float>> weights;

    bool empty() const { return activations.empty() && weights.empty(); }
};

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RealInputs: samples for calibration and evaluation as real values, so that they serve a model in
// any precision. Immutable, shared between threads.

#include <memory>
#include <string>
#include <vector>

namespace calibration {

/// One sample: the row-major real values of each input of the model.
using RealSample = std::vector<std::vector<float>>;

struct RealInputs {
    std::string source;  ///< display text: "128 samples of kws01 (calibration part)"
    std::vector<RealSample> samples;

    bool empty() const { return samples.empty(); }
};

using RealInputsPtr = std::shared_ptr<const RealInputs>;

}  // namespace calibration

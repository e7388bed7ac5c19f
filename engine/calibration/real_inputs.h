// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RealInputs: what a model is calibrated and judged on, as real values, so that the same samples
// serve a model in any precision. A value, shared between threads, never changed.

#include <memory>
#include <string>
#include <vector>

namespace calibration {

/// One sample: for each input of the model its real values, row-major.
using RealSample = std::vector<std::vector<float>>;

struct RealInputs {
    std::string source;  ///< "128 samples of kws01 (calibration part)", for people
    std::vector<RealSample> samples;

    bool empty() const { return samples.empty(); }
};

using RealInputsPtr = std::shared_ptr<const RealInputs>;

}  // namespace calibration

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Determines the ranges of activations: from calibration data; without data from the model's own
// scales; and where neither exists from seeded random inputs, which `changes` reports.

#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "quantize/activation_scales.h"
#include "quantize/precision_plan.h"
#include "types/result.h"
#include "types/work.h"

namespace quantize {

/// The samples for ranges and repairs: the user's data, else random inputs in the range of the
/// model's inputs.
struct CalibrationSet {
    calibration::RealInputsPtr inputs;
    bool isData = false;  ///< true: given by the user
};

/// `given` may be null or empty.
CalibrationSet calibrationSetOf(const types::Graph& original,
                                const calibration::RealInputsPtr& given);

/// Returns the ranges of all activations that may have an integer variant. Adds a sentence about
/// their origin.
types::Result<ActivationRanges> findRanges(const FloatModel& model, const PrecisionPlan& plan,
                                           const types::QuantizeKnobs& knobs,
                                           const CalibrationSet& calibrationSet,
                                           const types::Work& work,
                                           std::vector<std::string>& changes);

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the ranges of activations come from: calibration data; without them the model's own scales;
// and for what has neither, seeded random inputs, which is said.

#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "quantize/activation_scales.h"
#include "quantize/precision_plan.h"
#include "types/result.h"
#include "types/work.h"

namespace quantize {

/// What the ranges and the repairs learn from: the data given, else random inputs in the range of
/// the model's inputs.
struct Teacher {
    calibration::RealInputsPtr inputs;
    bool isData = false;  ///< given by the user
};

/// `given` may be null or empty.
Teacher teacherOf(const types::Graph& original, const calibration::RealInputsPtr& given);

/// Ranges of all activations that an integer variant may need. Adds a sentence that says where they
/// come from.
types::Result<ActivationRanges> findRanges(const FloatModel& model, const PrecisionPlan& plan,
                                           const types::QuantizeKnobs& knobs,
                                           const Teacher& teacher, const types::Work& work,
                                           std::vector<std::string>& changes);

}  // namespace quantize

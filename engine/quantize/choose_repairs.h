// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// chooseRepairs(): which repairs of quantization help a model, by trying them on calibration data.
// Every candidate is quantized with most of the samples and judged by the distance of its outputs
// from those of the model before quantization on the others (calibration/output_distance.h).

#include <functional>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace quantize {

/// Quantizes the model with these knobs and samples.
using QuantizeWith = std::function<types::Result<types::GraphPtr>(
    const types::QuantizeKnobs& knobs, const calibration::RealInputsPtr& samples)>;

/// Returns the knobs with every repair set. Those that are set already stay. The others are tried:
/// equalizing and biases together and alone, rounding by reconstruction where weights have 4 bits.
/// Without data, and for a model that cannot run, they are off. Says in `changes` what was chosen.
types::Result<types::QuantizeKnobs> chooseRepairs(const types::Graph& graph,
                                                  const types::Variation& variation,
                                                  const calibration::RealInputsPtr& inputs,
                                                  const QuantizeWith& quantizeWith,
                                                  const types::Work& work,
                                                  std::vector<std::string>& changes);

}  // namespace quantize

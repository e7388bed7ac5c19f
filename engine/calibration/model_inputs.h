// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes real values to a model's inputs, encoded for its precision; and draws random samples for
// calibration where the user has no data.

#include "calibration/real_inputs.h"
#include "lowering/execution.h"
#include "types/graph.h"
#include "types/result.h"

namespace calibration {

/// Returns an Error that names the first sample without one list of values per input of `graph`,
/// each as long as the input.
types::Result<void> checkInputs(const types::Graph& graph, const RealInputs& inputs);

/// Writes one sample to the inputs of an execution; the sample fits `graph`.
void writeInputs(const types::Graph& graph, const RealSample& sample,
                 lowering::Execution& execution);

/// Returns `count` samples drawn from `seed`, as real values: codes of integer inputs over the
/// range that the model accepts, floats in [-1, 1) (lowering/seeded_input.h).
RealInputsPtr randomInputs(const types::Graph& graph, int32_t count, uint64_t seed);

}  // namespace calibration

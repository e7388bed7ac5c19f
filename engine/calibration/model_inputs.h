// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Real values into a model: samples are encoded as the model's inputs want them, in whatever
// precision it is; and samples to learn from where nobody has data.

#include "calibration/real_inputs.h"
#include "lowering/execution.h"
#include "types/graph.h"
#include "types/result.h"

namespace calibration {

/// Nothing, or the Error that says which sample has not one list of values per input of `graph`,
/// each as long as the input.
types::Result<void> checkInputs(const types::Graph& graph, const RealInputs& inputs);

/// Writes one sample, which fits `graph`, to the inputs of its execution.
void writeInputs(const types::Graph& graph, const RealSample& sample,
                 lowering::Execution& execution);

/// `count` samples drawn from `seed`: codes of integer inputs over their whole range, floats in
/// [-1, 1) (lowering/seeded_input.h), taken as real values.
RealInputsPtr randomInputs(const types::Graph& graph, int32_t count, uint64_t seed);

}  // namespace calibration

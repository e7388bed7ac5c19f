// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A dataset as a learning::TrainingSet: its samples as real values of a model input, and what is
// right for them.

#include "engine/training_parts.h"
#include "learning/training_set.h"
#include "types/tensor.h"

namespace engine {

/// Learning samples as floats are kept up to this; more are converted each time they are used.
inline constexpr size_t kSampleMemory = size_t(512) << 20;

/// Reading a sample returns an Error that names it where it does not fit the input or holds values
/// that are no numbers. `dataset` outlives the set.
learning::TrainingSet learningSet(const data::Dataset& dataset, const Lesson& lesson,
                                  const types::Tensor& input);

}  // namespace engine

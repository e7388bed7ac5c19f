// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scores a model on a dataset. Model and data together determine the task: labels and one output
// per class are classification, two classes and one output a binary decision; two classes and as
// many outputs as inputs (an autoencoder) are anomaly detection, scored by the mean squared error
// between input and output, averaged over the windows of a file; targets are regression; an
// autoencoder without labels is scored by its reconstruction. Other models without labels have no
// Quality, only agreement with the original model.

#include <optional>

#include "data/dataset.h"
#include "scoring/model_outputs.h"
#include "types/graph.h"
#include "types/quality.h"
#include "types/result.h"

namespace scoring {

enum class Task : int8_t { None, Classification, Anomaly, Regression, Reconstruction };

/// Returns an Error where the data's classes, labels or targets do not fit the model.
types::Result<Task> taskOf(const types::Graph& graph, const data::Dataset& dataset);

/// Scores the outputs for all samples of the dataset, in its order; nothing for Task::None.
std::optional<types::Quality> score(Task task, const data::Dataset& dataset,
                                    const ModelOutputs& outputs);

}  // namespace scoring

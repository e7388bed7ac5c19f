// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingParts: what a model learns from its learning samples, and how these are split once more:
// a part trains, a part that training never sees chooses the best epoch. Samples of one speaker or
// recording stay in one part, and every class is spread over both (data/split.h).

#include <vector>

#include "data/dataset.h"
#include "learning/losses.h"
#include "scoring/sample_selection.h"
#include "types/graph.h"
#include "types/result.h"

namespace engine {

/// What a model learns from a dataset.
struct Lesson {
    learning::LossKind kind = learning::LossKind::Values;
    bool isKnown = false;  ///< labels, targets or inputs say what is right
    bool reconstructs = false;
    int32_t outputs = 0;  ///< of the first output
};

struct TrainingParts {
    Lesson lesson;
    data::Dataset train, validation;
    std::vector<float> classWeights;  ///< learning::classWeights(); empty: no classes
};

/// Errors: no or too few learning samples, all of one class, labels that do not fit the model.
types::Result<TrainingParts> trainingParts(const types::Graph& graph,
                                           const scoring::ChosenSamples& chosen);

}  // namespace engine

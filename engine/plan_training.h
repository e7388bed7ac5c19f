// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// planTraining(): what a training would do, before it starts: which samples serve what, which
// layers stay as they are, how samples are varied, and the memory that it needs.

#include <vector>

#include "scoring/sample_selection.h"
#include "types/augmented_sample.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/training_plan.h"
#include "types/variation.h"

namespace engine {

struct TrainingParts;

/// A training that needs more memory than this is refused.
inline constexpr int64_t kTrainingMemory = int64_t(8) << 30;

/// The samples are those that trainOnData() takes for this selection. Errors: those of
/// scoring::chooseSamples(), trainingParts() and planOf(); a model of which nothing can be trained.
types::Result<types::TrainingPlan> planTraining(const types::GraphPtr& graph,
                                                const types::Variation& variation,
                                                const scoring::SampleSelection& selection);

/// The same for samples that were chosen before, without the frozen layers. An Error where it
/// needs more than kTrainingMemory.
types::Result<types::TrainingPlan> planOf(const types::Graph& graph,
                                          const types::Variation& variation,
                                          const scoring::ChosenSamples& chosen,
                                          const TrainingParts& parts);

/// Returns at most `count` training samples, drawn with the seed of the training; none where
/// samples are not varied. Errors: those of planTraining(); a sample that does not fit.
types::Result<std::vector<types::AugmentedSample>> augmentedSamples(
    const types::GraphPtr& graph, const types::Variation& variation,
    const scoring::SampleSelection& selection, size_t count);

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// planTraining(): what a training would do, before it starts: which samples serve what, which
// layers stay as they are, how samples are varied, and the memory that it needs.

#include "engine/training_parts.h"
#include "learning/augmentation.h"
#include "scoring/sample_selection.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/training_plan.h"
#include "types/variation.h"

namespace engine {

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

/// A training sample as it is, and after each step of its augmentation, alone.
struct AugmentedSample {
    std::string name;
    int32_t height = 1, width = 1, channels = 1;
    float low = 0, high = 1;  ///< range of the values of the training samples
    struct Change {
        learning::AugmentationStep step = learning::AugmentationStep::Shift;
        std::vector<float> values;
    };
    std::vector<float> before;  ///< height x width x channels real values
    std::vector<Change> changes;
};

/// Returns at most `count` training samples, drawn with the seed of the training; none where
/// samples are not varied. Errors: those of planTraining(); a sample that does not fit.
types::Result<std::vector<AugmentedSample>> augmentedSamples(
    const types::GraphPtr& graph, const types::Variation& variation,
    const scoring::SampleSelection& selection, size_t count);

}  // namespace engine

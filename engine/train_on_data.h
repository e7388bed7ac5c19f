// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// trainOnData(): carries out a Variation that is trained. First the original, as floats, learns
// from the labels or targets where there are some; then its channels and weights are removed as the
// knobs say, at once or in rounds (gradual_pruning.h), and what is left learns from the labels and
// from the trained original. The last quarter of that simulates the rounding of the quantized model
// (train_rounded.h). Without labels the untouched original is the teacher.
//
// A time is that of all: half of it is the original's, which is trained alike, and the other half
// the varied model's, with the choice of its channels. Epochs are those of each of the two.
//
// The learning samples are split once more: a part trains, a part that training never sees chooses
// the best epoch. Samples of one speaker or recording stay in one part (data/split.h).

#include "engine/vary_on_data.h"

namespace engine {

/// `chosen` holds the learning samples. A model that was stored in integers becomes integers again
/// where no precision is asked for. Errors: no or too few samples, one class, labels that do not
/// fit, values that are no numbers; those of learning::train() and transform::apply().
types::Result<VariedOnData> trainOnData(const types::GraphPtr& graph,
                                        const types::Variation& variation,
                                        const scoring::ChosenSamples& chosen,
                                        const TrainingControl& control, const types::Work& work);

}  // namespace engine

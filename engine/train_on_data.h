// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// trainOnData(): carries out a Variation that is trained. First the original, as floats, learns
// from the labels or targets where there are some; then its channels and weights are removed as the
// knobs say, what is left learns from the labels and from the trained original, and is quantized.
// Without labels the untouched original is the teacher.
//
// The learning samples are split once more: a part trains, a part that training never sees chooses
// the best epoch. Samples of one speaker or recording stay in one part (data/split.h).

#include "engine/vary_on_data.h"

namespace engine {

/// Learning samples as floats are kept up to this; more are converted each time they are used.
inline constexpr size_t kSampleMemory = size_t(512) << 20;

/// `chosen` holds the learning samples. A model that was stored in integers becomes integers again
/// where no precision is asked for. Errors: no or too few samples, one class, labels that do not
/// fit, values that are no numbers; those of learning::train() and transform::apply().
types::Result<VariedOnData> trainOnData(const types::GraphPtr& graph,
                                        const types::Variation& variation,
                                        const scoring::ChosenSamples& chosen,
                                        const TrainingControl& control, const types::Work& work);

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// trainRounded(): the last part of a training whose model is quantized. From the model as
// quantization alone makes it, with its repairs and ranges, it goes on with the rounding of the
// codes simulated and the ranges learned (learning/simulated_rounding.h), and the result is
// quantized with exactly these ranges. Of the two, the one with the lower loss on the validation
// samples is returned, as the runtime computes it.

#include "calibration/real_inputs.h"
#include "engine/training_session.h"

namespace engine {

/// True where some layers of the variation compute in integers.
bool quantizesLayers(const types::Variation& variation);

struct RoundedTraining {
    types::GraphPtr floats;   ///< the trained model: what training starts from
    types::GraphPtr teacher;  ///< null: none
    types::Variation variation;
    calibration::RealInputsPtr calibration;  ///< as in quantize::quantize()
    int32_t epochs = 0;                      ///< 0: where only time limits
    bool keepZeros = false;                  ///< weights that are 0 stay 0
};

/// Says in `changes` what was chosen. A model whose rounding cannot be simulated is quantized
/// alone. Errors: those of quantize::quantize(); stopped work.
types::Result<types::GraphPtr> trainRounded(const RoundedTraining& training,
                                            TrainingSession& session, const types::Work& work,
                                            std::vector<std::string>& changes);

}  // namespace engine

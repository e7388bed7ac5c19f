// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A training as JSON and as text, and how the command line stops one.

#include <functional>

#include "command_context.h"
#include "types/evaluation.h"

namespace app {

/// Adds "training" (null without one), and "trained_original_quality" where it is known.
void addTraining(Json& json, const types::Evaluation& evaluation);
/// "trained 20 epochs in 12.3 s on 425 samples, ..."; empty without a training.
std::string trainingText(const types::Evaluation& evaluation);

/// Lets the first interrupt (Ctrl-C) end a training with the best so far, and the second the
/// program. The returned function tells whether there was one.
std::function<bool()> finishOnInterrupt();

}  // namespace app

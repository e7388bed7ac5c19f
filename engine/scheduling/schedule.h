// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Schedule: how the operators of a model are divided into stages. planBands() makes it a plan that
// lowering executes (lowering/execution.h): steps, buffers and their places, exact to the byte.

#include <string>

#include "scheduling/stage.h"
#include "types/band_plan.h"

namespace scheduling {

struct Schedule {
    std::vector<Stage> stages;  ///< every operator once, in the order of the Problem
};

/// True where the caller gives a model input row by row.
bool isFed(const Problem& problem, const Schedule& schedule);

/// Each operator as a whole.
Schedule wholeOperators(const Problem& problem);

/// `withSteps`: false for the figures alone. `improvements`: steps of the search for places.
/// Empty where a stage cannot run.
std::optional<types::BandPlan> planBands(const Problem& problem, const Schedule& schedule,
                                         bool withSteps, int improvements);

/// "#0-#4 by 1 row, #5-#8 by 2 rows again T17": the banded stages; operators of the model.
std::string describe(const Problem& problem, const Schedule& schedule);

}  // namespace scheduling

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// findSmallestChange(): what must happen for a model to fit a board. Everything that is tried is
// carried out: the model is varied, planned and measured in bytes like any other.
//
// In order of harm: nothing at all, another order of operators, int8 in place of floats, 4-bit
// weights. Where none of these is enough, the graded knobs: pruning (with each precision that came
// before), width, input size. Each is taken as far as it must go, found by bisection in steps of
// one percent, for memory falls as a knob rises; then those that fit are run on samples, and the
// one that keeps the model's outputs best comes first.
//
// Thread rules: a pure function, as evaluate().

#include <vector>

#include "engine/evaluate.h"
#include "search/memory_trial.h"
#include "types/target.h"

namespace search {

struct SmallestChangeOptions {
    types::Runtime runtime = types::Runtime::Tflm;
    bool mayReorder = true;  ///< a new file may hold its operators in another order
    engine::EvaluateOptions evaluate;
};

/// One kind of change, as far as it was taken.
struct FitAttempt {
    std::string what;         ///< "int8", "p35%"
    int64_t excessBytes = 0;  ///< that are still too much; 0: fits
    std::string problem;      ///< why it could not be made; empty: it could
};

/// A change with which the model fits.
struct FittingChange {
    types::Variation variation;
    MemoryTrial trial;
    /// What else it costs. Latency, energy and budgets are those of the device's runtime, in the
    /// order of operators as opened: the trial's footprint is the one that counts.
    types::EvaluationPtr evaluation;
};

struct FitSearch {
    std::vector<FittingChange> changes;  ///< the smallest first; empty: nothing makes it fit
    std::vector<FitAttempt> attempts;    ///< in the order in which they were made
};

/// `start` stays part of every variation.
types::Result<FitSearch> findSmallestChange(const types::GraphPtr& graph,
                                            const types::Variation& start,
                                            const types::DevicePtr& device,
                                            const SmallestChangeOptions& options,
                                            const types::Work& work = {});

}  // namespace search

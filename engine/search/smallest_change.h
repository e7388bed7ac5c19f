// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// findSmallestChange(): finds what must change for a model to fit a board. Every attempt is carried
// out: the model is varied, planned and measured in bytes like any other.
//
// In order of harm: no change, another order of operators (TFLM) or a schedule in bands of rows
// (our own runtime), int8 instead of float, 4-bit weights. Where none of these is enough, the
// graded knobs follow: pruning (with each precision that came before), width, input size. Each is
// turned as far as needed, found by bisection in steps of one percent, since memory decreases
// monotonically with a knob; then the variations that fit are run on samples, and the one that
// preserves the model's outputs best comes first. Under our own runtime each variation whose arena
// is too large is also tried with a schedule, which costs no accuracy.
//
// Thread rules: a pure function, like evaluate().

#include <vector>

#include "engine/evaluate.h"
#include "search/ordered_footprint.h"
#include "types/target.h"

namespace search {

struct SmallestChangeOptions {
    types::Runtime runtime = types::Runtime::Tflm;
    /// Permits TFLM a new file with its operators in another order.
    bool mayReorder = true;
    engine::EvaluateOptions evaluate;
};

/// One kind of change, at its final setting.
struct FitAttempt {
    std::string what;           ///< "int8", "p35%"
    int64_t excessBytes = 0;    ///< bytes above the limit; at least, where a part is unknown
    std::string unknownReason;  ///< which part of the need is unknown and why; empty: none
    std::string problem;        ///< why it is not feasible; empty: it is

    bool fits() const { return problem.empty() && unknownReason.empty() && excessBytes == 0; }
};

/// A change with which the model fits.
struct FittingChange {
    types::Variation variation;
    OrderedFootprint trial;
    /// Its other costs. Latency, energy and budgets are for the device's runtime with the original
    /// order of operators; the trial's footprint takes precedence.
    types::EvaluationPtr evaluation;
};

struct FitSearch {
    std::vector<FittingChange> changes;  ///< smallest change first; empty: no change makes it fit
    std::vector<FitAttempt> attempts;    ///< in chronological order
};

/// `start` stays part of every variation.
types::Result<FitSearch> findSmallestChange(const types::GraphPtr& graph,
                                            const types::Variation& start,
                                            const types::DevicePtr& device,
                                            const SmallestChangeOptions& options,
                                            const types::Work& work = {});

}  // namespace search

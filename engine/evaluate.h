// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// evaluate(): the one verb. apply -> count -> plan -> lower -> run on samples -> predict. The
// window, the command line and every search call it; nothing else computes these numbers.
//
// Thread rules: a pure function; call it from any thread, many at once.

#include <functional>
#include <memory>
#include <stop_token>

#include "data/dataset.h"
#include "types/evaluation.h"
#include "types/result.h"

namespace engine {

struct EvaluateOptions {
    int32_t samples = 8;  ///< seeded random inputs that compare the variation with the original
    uint64_t sampleSeed = 1;
    std::shared_ptr<const data::Dataset> dataset;  ///< labelled data for the accuracy, or null
    int32_t threads = 2;                           ///< that score the dataset
};

/// Told after each step with the share done, 0 to 1, and what comes next.
using Progress = std::function<void(double share, const char* step)>;

/// `device` may be null (no latency, energy or budgets then). An op that cannot run or has no cost
/// figure does not fail the evaluation: the Evaluation says which and why. Cancelled: an Error
/// whose `what` is kCancelled.
types::Result<types::EvaluationPtr> evaluate(
    const types::GraphPtr& graph, const types::Variation& variation, const types::DevicePtr& device,
    const EvaluateOptions& options = {}, std::stop_token stop = {}, const Progress& progress = {});

inline constexpr const char* kCancelled = "cancelled";

}  // namespace engine

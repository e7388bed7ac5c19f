// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How often a model is right on labelled data.

#include <functional>
#include <stop_token>

#include "data/dataset.h"
#include "types/evaluation.h"
#include "types/graph.h"
#include "types/result.h"

namespace engine {

struct Score {
    int32_t samples = 0;
    int32_t correct = 0;  ///< first choice equals the label

    /// Share of correct samples with its 95 % Wilson score interval (Wilson 1927). Unknown without
    /// samples.
    std::optional<types::Estimate> accuracy() const;
};

/// Runs all labelled samples through the first input, and takes the greatest value of the first
/// output for the model's choice. Stopped early, it scores what was run.
types::Result<Score> score(const types::Graph& graph, const data::Dataset& dataset, int32_t threads,
                           std::stop_token stop = {},
                           const std::function<void(double share)>& progress = {});

}  // namespace engine

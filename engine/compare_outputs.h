// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How far a varied model is from the original when both run on the same inputs: agreement of the
// first choice, and signal to quantization-noise ratio, SQNR = 10 log10(sum of squares of the
// original's values / sum of squared differences), on real (dequantized) values.

#include <optional>
#include <stop_token>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace engine {

struct Comparison {
    int32_t samples = 0;
    std::optional<double> agreement;  ///< unknown where the output is no choice between classes
    std::optional<double> sqnrDb;     ///< unknown where the outputs are equal (no noise)
    /// Per operator of the varied model; unknown where the shape changed with the variation.
    std::vector<std::optional<double>> layerSqnrDb;
};

/// Runs both graphs on `samples` inputs from splitmix64 with `seed`. Both must be runnable and
/// have the same inputs. Fewer samples are reported where `stop` ended the work early.
types::Result<Comparison> compareOutputs(const types::Graph& original, const types::Graph& varied,
                                         int32_t samples, uint64_t seed, std::stop_token stop);

}  // namespace engine

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelOutputs: what a model gives for samples, as real values, so that models of different
// precision can be compared and scored. Memory: 4 bytes per output value and sample.

#include <optional>
#include <vector>

#include "calibration/real_inputs.h"
#include "lowering/execution.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace scoring {

struct ModelOutputs {
    /// Per sample: the values of all outputs, one output after the other.
    std::vector<std::vector<float>> outputs;
    size_t firstSize = 0;  ///< values of the first output, which is the one that is scored
    /// Per sample: mean squared difference of the first output and the input, where they have as
    /// many values (autoencoders); empty otherwise.
    std::vector<double> reconstructionErrors;

    size_t size() const { return outputs.size(); }
};

/// Runs the graph on all samples, which fit it.
types::Result<ModelOutputs> runOnSamples(const types::Graph& graph,
                                         const calibration::RealInputs& inputs,
                                         const types::Work& work = {});

/// The values of all outputs after an invoke, one output after the other.
std::vector<float> outputsOf(const types::Graph& graph, const lowering::Execution& execution);

/// How far the outputs of two models for the same samples are from each other.
struct Agreement {
    std::optional<double> share;   ///< same first choice; unknown where the outputs choose nothing
    std::optional<double> sqnrDb;  ///< unknown where nothing differs
};

/// `graph` is the original, whose last operator tells whether it chooses between classes.
Agreement compareOutputs(const types::Graph& graph, const ModelOutputs& original,
                         const ModelOutputs& varied);

}  // namespace scoring

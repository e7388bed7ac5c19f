// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelOutputs: a model's outputs on samples as real values, so that models of different precision
// can be compared and scored. Memory: 4 bytes per output value and sample.

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
    size_t firstSize = 0;  ///< number of values of the first output, which is scored
    /// Per sample: mean squared difference of first output and input, where both have equally many
    /// values (autoencoders); else empty.
    std::vector<double> reconstructionErrors;

    size_t size() const { return outputs.size(); }
};

/// True for an autoencoder, or a model that may be one: its output is as long as its input.
bool isAutoencoder(const types::Graph& graph);

/// Runs the graph on all samples; they fit it.
types::Result<ModelOutputs> runOnSamples(const types::Graph& graph,
                                         const calibration::RealInputs& inputs,
                                         const types::Work& work = {});

/// Returns the values of all outputs after an invoke, one output after the other.
std::vector<float> outputsOf(const types::Graph& graph, const lowering::Execution& execution);

/// Difference between the outputs of two models on the same samples.
struct Agreement {
    std::optional<double> share;   ///< with the same first choice; empty: outputs are no classes
    std::optional<double> sqnrDb;  ///< empty where nothing differs
};

/// `graph` is the original; its last operator decides whether it chooses between classes.
Agreement compareOutputs(const types::Graph& graph, const ModelOutputs& original,
                         const ModelOutputs& varied);

}  // namespace scoring

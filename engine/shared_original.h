// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SharedOriginal: what evaluations of one model on one selection of samples compute again and
// again although no knob changes it: the chosen samples as real values, and the original's outputs
// on them. Results are the same with it and without.
//
// It serves one graph and one scoring::SampleSelection; EvaluateOptions::shared passes it on.
// Thread rules: many threads; what one of them computes the others wait for.

#include <memory>
#include <string>
#include <vector>

#include "scoring/model_outputs.h"
#include "scoring/sample_selection.h"
#include "transform/shared_narrowing.h"
#include "types/memo.h"

namespace engine {

using OutputsPtr = std::shared_ptr<const scoring::ModelOutputs>;

/// A model after the knobs that act before quantization.
struct Unquantized {
    types::GraphPtr graph;
    std::vector<std::string> changes;
};

class SharedOriginal {
public:
    /// Carries out a variation without the knobs of quantization and compression, which follow.
    /// Keeps the last kUnquantized of them: variations of several precisions prune and recover
    /// alike.
    types::Result<Unquantized> unquantized(const types::GraphPtr& graph,
                                           const types::Variation& variation,
                                           const calibration::RealInputsPtr& calibration,
                                           const types::Work& work);

    /// scoring::chooseSamples().
    types::Result<scoring::ChosenSamples> choose(const types::Graph& graph,
                                                 const types::Variation& variation,
                                                 const scoring::SampleSelection& selection);
    /// scoring::realInputs() of all samples.
    types::Result<calibration::RealInputsPtr> inputs(const data::DatasetPtr& dataset,
                                                     const types::Graph& graph);
    /// calibration::randomInputs().
    calibration::RealInputsPtr random(const types::Graph& graph, int32_t count, uint64_t seed);
    /// scoring::runOnSamples() of the original; keeps `inputs`.
    types::Result<OutputsPtr> outputs(const types::Graph& original,
                                      const calibration::RealInputsPtr& inputs,
                                      const types::Work& work);

private:
    using InputKey = std::pair<data::DatasetPtr, types::Shape>;

    static constexpr size_t kUnquantized = 128;

    using SharedNarrowingPtr = std::shared_ptr<transform::SharedNarrowing>;

    types::Memo<types::GraphPtr, SharedNarrowingPtr> m_narrowing;
    types::Memo<std::string, Unquantized> m_unquantized;
    types::Memo<int, scoring::ChosenSamples> m_chosen;
    types::Memo<InputKey, calibration::RealInputsPtr> m_inputs;
    types::Memo<std::pair<int32_t, uint64_t>, calibration::RealInputsPtr> m_random;
    types::Memo<calibration::RealInputsPtr, OutputsPtr> m_outputs;
};

}  // namespace engine

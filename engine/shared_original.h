// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SharedOriginal: what evaluations of one model on one selection of samples compute again and
// again although no knob changes it: the chosen samples as real values, and the original's outputs
// on them. Results are the same with it and without.
//
// It serves one graph and one scoring::SampleSelection; EvaluateOptions::shared passes it on.
// Thread rules: many threads; what one of them computes the others wait for.

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "scoring/model_outputs.h"
#include "scoring/sample_selection.h"

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
    /// Values by key, each made once.
    template <typename Key, typename Value>
    class Memo {
    public:
        template <typename Make>
        types::Result<Value> get(const Key& key, Make&& make);
        /// Forgets the oldest values.
        void keep(size_t most);

    private:
        struct Entry {
            std::mutex mutex;
            std::optional<Value> value;
        };
        std::mutex m_mutex;
        std::map<Key, std::shared_ptr<Entry>> m_entries;
        std::deque<Key> m_order;
    };

    using InputKey = std::pair<data::DatasetPtr, types::Shape>;

    static constexpr size_t kUnquantized = 128;

    Memo<std::string, Unquantized> m_unquantized;
    Memo<int, scoring::ChosenSamples> m_chosen;
    Memo<InputKey, calibration::RealInputsPtr> m_inputs;
    Memo<std::pair<int32_t, uint64_t>, calibration::RealInputsPtr> m_random;
    Memo<calibration::RealInputsPtr, OutputsPtr> m_outputs;
};

}  // namespace engine

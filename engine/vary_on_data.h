// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// varyOnData(): carries out a Variation with the samples that its knobs need.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scoring/sample_selection.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/mixed_precision.h"
#include "types/result.h"
#include "types/training.h"
#include "types/variation.h"
#include "types/work.h"

namespace engine {

class SharedOriginal;

struct VariedOnData {
    types::GraphPtr graph;             ///< the same Graph where nothing changed
    std::vector<std::string> changes;  ///< display text, one sentence per channel group or layer
    std::string calibrationSource;     ///< empty: no samples were needed or given
    data::DatasetPtr evaluation;       ///< the samples that no knob has seen; null: no dataset
    std::optional<types::Training> training;  ///< of the varied model
    /// The original trained alike, in float32; null: it was not trained.
    types::GraphPtr trainedOriginal;
    /// Hashes of the samples that training learned from or chose by (data::contentHash()).
    std::vector<uint64_t> learned;
    std::optional<types::MixedPrecision> mix = {};  ///< what Precision::Auto chose
};
using VariedPtr = std::shared_ptr<const VariedOnData>;

/// How the caller controls a training.
struct TrainingControl {
    /// Files `state`.original, `state`.varied and so on keep the trainings, for a later call to go
    /// on from. Empty: none.
    std::filesystem::path state;
    /// Asked between steps: true ends each training with the best so far. It may wait, for a pause.
    /// May be empty.
    std::function<bool()> isFinishAsked = {};
    /// Told after each epoch, by the thread that trains, how the training of the original or of the
    /// varied model went so far. May be empty.
    std::function<void(bool ofOriginal, const types::Training& log)> onEpoch = {};
    /// What this training made before: it is taken, and nothing is trained. May be null.
    VariedPtr done = {};
};

/// Chooses the samples, reads those for calibration and applies the knobs. Of a training that was
/// done before, the evaluation samples are those that it did not learn from. Errors: those of
/// scoring::chooseSamples(), mixPrecisions() and transform::apply(); no sample is left to judge by.
/// `shared`: what variations share (shared_original.h); null: nothing. `device`: the board that
/// Precision::Auto chooses for; may be null.
types::Result<VariedOnData> varyOnData(const types::GraphPtr& graph,
                                       const types::Variation& variation,
                                       const scoring::SampleSelection& data,
                                       const types::Work& work, const TrainingControl& control = {},
                                       SharedOriginal* shared = nullptr,
                                       const types::DevicePtr& device = nullptr);

}  // namespace engine

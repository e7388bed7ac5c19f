// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Common part of vary, evaluate, export and devices: opens a model and reads the data named by
// flags; varies and evaluates it with a progress line.

#include <string>

#include "command_context.h"
#include "dataset_flags.h"
#include "engine/evaluate.h"
#include "reserve_flags.h"
#include "variation_flags.h"

namespace app {

/// The files named by the flags, read.
struct EvaluationInput {
    types::GraphPtr graph;
    types::Variation variation;
    types::DevicePtr device;  ///< null: none named
    engine::EvaluateOptions options;
};

struct EvaluationRun : ModelFlags {
    std::string device;
    ReserveFlags reserves;
    VariationFlags knobs;
    DatasetFlags data;
    std::string trainState;
    int32_t samples = engine::EvaluateOptions().samples;

    /// Adds --samples.
    void addSamplesTo(CLI::App& command);
    /// Adds --train-state, for commands that train.
    void addTrainingTo(CLI::App& command);

    types::Result<EvaluationInput> read() const;
    /// `compress`: also deflate the file (Totals::compressedBytes).
    types::Result<types::EvaluationPtr> run(bool compress) const;
};

}  // namespace app

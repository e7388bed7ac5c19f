// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSamples: training data of recovery: at chosen output positions of every sample, the rows of
// inputs that layers now read (calibration/linear_layer.h) and the outputs that they should give.

#include "transform/channels/kept_elements.h"
#include "transform/recovery/clamped_least_squares.h"
#include "transform/recovery/original_activations.h"
#include "transform/recovery/recovery_units.h"
#include "transform/recovery/segment_runs.h"
#include "types/result.h"
#include "types/work.h"

namespace transform {

/// What one unit is to give: the rows of the held-out samples, every fourth, are the last.
struct UnitTargets {
    size_t rowsPerSample = 0, samples = 0;
    Matrix outputs;

    size_t heldOut() const;
};

/// Runs the original once, on samples that have not run yet. `narrowed` has the same operators with
/// fewer channels, but for blocks that were left out. Where `known` holds the activations on these
/// samples, they are read there, and nothing runs; it may be null.
types::Result<std::vector<UnitTargets>> targetsOf(
    const types::Graph& original, const types::Graph& narrowed, const KeptElements& kept,
    const std::vector<RecoveryUnit>& units, const SegmentRuns& runs,
    const OriginalActivations* known, const types::Work& work);

/// Sets `problem` to that of one unit but for its clamp, and uses its memory again; takes the
/// outputs out of `targets`. `narrowed`: the model as recovered so far, whose samples wait in
/// `runs`.
types::Result<void> setProblem(const types::Graph& narrowed, const RecoveryUnit& unit,
                               UnitTargets& targets, const SegmentRuns& runs,
                               LinearProblem& problem, const types::Work& work);

}  // namespace transform

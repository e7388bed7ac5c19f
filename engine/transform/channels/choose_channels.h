// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// chooseManner(): which measure and scope prune a model best, by trying them. Every candidate
// removes channels, is recovered on most of the calibration samples and judged by the distance of
// its outputs from the original's on the others (calibration/output_distance.h). Candidates that
// rank channels over the whole model get the share of channels that leaves the MACs of the first
// candidate, so that none wins by removing less. Where the scope is open, shares of each group by
// what they cost at the output (allocate_shares.h) are the last candidate, with the best measure.

#include <functional>
#include <optional>

#include "transform/apply.h"
#include "transform/channels/allocate_shares.h"

namespace transform {

/// What is left open, or was decided: the measure, the scope and the share of channels.
struct PruneManner {
    types::ImportanceMeasure measure = types::ImportanceMeasure::L1;
    types::PruneScope scope = types::PruneScope::PerLayer;
    double share = 0;
    LayerShares shares = {};  ///< of single groups, in place of `share`
};

/// True where data decide: they are there, and a knob that acts is not set.
bool isOpen(const types::Variation& variation, const ApplyContext& context);

/// The manner that the knobs ask for; L1 and PerLayer for those that are not set.
PruneManner mannerOf(const types::Variation& variation);

/// The model without channels: removed in a manner and, if `samples` is not null, recovered on
/// them.
using NarrowIn = std::function<types::Result<types::GraphPtr>(const PruneManner& manner,
                                                              calibration::RealInputsPtr samples)>;

/// Requires isOpen(). `layers`: one layer of each group that follows the model's share. Says in
/// `changes` what was chosen, and how the others did.
types::Result<PruneManner> chooseManner(const types::Graph& original,
                                        const types::Variation& variation,
                                        const ApplyContext& context, const NarrowIn& narrowIn,
                                        const std::vector<int32_t>& layers,
                                        std::vector<std::string>& changes);

}  // namespace transform

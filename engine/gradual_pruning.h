// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gradual pruning: the channels that a variation removes go in rounds, with training between them.
// Every round chooses anew by the weights that it finds; how many channels each layer has in the
// end is what removing them at once gives. Source: Zhu, Gupta 2017, "To prune, or not to prune"
// (rising shares with training between), here of whole channels.

#include "types/graph.h"
#include "types/variation.h"

namespace engine {

/// The knobs of `asked` that act before training and are no zeros of single weights.
types::Variation channelsOnly(const types::Variation& asked);

/// Knobs for one round: after it, every layer of `now` has lost `share` of the channels that lie
/// between `before`, the model with all of them, and `once`, the model after all rounds. `now` is
/// the model after the last round.
types::Variation roundOf(const types::Variation& asked, const types::Graph& before,
                         const types::Graph& once, const types::Graph& now, double share);

}  // namespace engine

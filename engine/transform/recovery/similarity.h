// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Similarity: how badly the other channels can stand in for a channel, measured on data without
// labels. Similar channels are thereby merged: the layers that read them absorb the mixture.
//
// Let G be the covariance of the channels that a layer reads, over positions and samples, and w_r
// its weights for channel r. Removing r and letting the weights of the others change, W -= h w_r' /
// h_r with h the column r of G^-1, raises the squared error of the layer's output by |w_r|^2 / h_r,
// which is least (Hassibi and Stork 1993, "Optimal brain surgeon", with a channel in place of a
// weight; removal with absorption in one closed form: GRAIL, arXiv 2602.23795). Channels are
// removed one after the other, the one with the least error first; a channel's score is the error
// that has accrued when it goes, as a share of the output's variance. Where several layers read a
// group, their errors are added. Recovery then solves the layers that read the rest.

#include "transform/apply.h"
#include "transform/channels/importance.h"

namespace transform {

/// Returns the scores of all groups. Uses at most 64 samples of `context`, or random ones where it
/// has none. Groups that no convolution or dense layer reads get the L1 norms of their weights,
/// scaled to shares. Returns an Error where the model cannot run.
types::Result<Scores> similarity(const types::Graph& graph, const ChannelGroups& groups,
                                 const ApplyContext& context, std::vector<std::string>& changes);

}  // namespace transform

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Joins the layers of a log to the operators of a model: by index and operator where both agree,
// else in order by operator and the shape in the log (out_shape, in_shape, macs). Layers that do
// not join are listed, never guessed.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/session.h"

namespace importers {

struct LayerJoin {
    /// Per measurement of the session: its operator; -1: none (not a layer, or listed below).
    std::vector<int32_t> opOf;
    std::vector<std::string> unmatchedLayers;  ///< keys of unmatched layers of the log, each once
    std::vector<int32_t> unmatchedOps;         ///< operators of the model without a measurement
    bool complete() const { return unmatchedLayers.empty() && unmatchedOps.empty(); }
};

LayerJoin joinLayers(const types::Session& session, const types::Graph& graph);

/// Returns the session with its layers renamed to their operators ("#12 CONV_2D"); other layers
/// keep their names. Warnings list what did not join, and implausible times per MAC.
types::Session joinedTo(const types::Session& session, const types::Graph& graph);

}  // namespace importers

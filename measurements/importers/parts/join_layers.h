// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Joins the layers of a log to the operators of a model: by index and operator where both agree,
// else by operator and what the log says of the shape (out_shape, in_shape, macs), in order. What
// does not join is listed, never guessed.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/session.h"

namespace importers {

struct LayerJoin {
    /// For each measurement of the session the operator it belongs to; -1: none (it is no layer,
    /// or listed below).
    std::vector<int32_t> opOf;
    std::vector<std::string> unmatchedLayers;  ///< keys of layers of the log, each once
    std::vector<int32_t> unmatchedOps;         ///< operators of the model without a measurement
    bool complete() const { return unmatchedLayers.empty() && unmatchedOps.empty(); }
};

LayerJoin joinLayers(const types::Session& session, const types::Graph& graph);

/// The session with its layers renamed to the operators they joined ("#12 CONV_2D"); the others
/// stay as they are. Warnings list what did not join, and implausible times per MAC.
types::Session joinedTo(const types::Session& session, const types::Graph& graph);

}  // namespace importers

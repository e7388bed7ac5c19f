// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The layers inside of subgraphs that operators call. The rows of the callers already count them
// (analysis/count.h); these rows say what of.

#include <vector>

#include "types/called_subgraph.h"

namespace engine {

/// Sound subgraphs that are called, in the order of the file; rows as describeLayers() makes them.
std::vector<types::CalledSubgraph> describeCalled(const types::Graph& graph);

}  // namespace engine

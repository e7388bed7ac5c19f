// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Layered layout of a directed graph, for networks, which are nearly chains: nodes lie in rows, and
// edges lead downward.
//
// Per connected component: a node's row is the longest path to it (rank_rows.h); rows are ordered
// by medians of neighbours (order_rows.h, after Gansner et al. 1993, "A technique for drawing
// directed graphs"); straight runs get one x (align_rows.h, after Brandes and Koepf 2002, "Fast and
// simple horizontal coordinate assignment"). Components are packed into columns. The result depends
// on the input only.

#include <vector>

#include "types/drawn_graph.h"
#include "types/result.h"
#include "types/work.h"

namespace layout {

struct NodeSize {
    float width = 0, height = 0;
};

/// Edges with the same `from` and `trunk` carry one thing and share their route as far as it goes.
struct Edge {
    int32_t from = 0, to = 0;
    int32_t trunk = 0;
};

/// Nodes in the order of execution. An edge to an earlier node is drawn upward; one from a node to
/// itself is not drawn.
struct LayeredGraph {
    std::vector<NodeSize> nodes;
    std::vector<Edge> edges;
};

struct LayeredPicture {
    std::vector<types::DrawnPoint> centres;              ///< per node
    std::vector<std::vector<types::DrawnPoint>> routes;  ///< per edge; see DrawnLine::route
    float width = 0, height = 0;
};

/// Time and memory grow with the number of nodes and edges: edges that together pass many more rows
/// than that are left without a route, the longest first. Requires indices in
/// range. Errors: stopped.
types::Result<LayeredPicture> layOut(const LayeredGraph& graph, const types::Work& work = {});

}  // namespace layout

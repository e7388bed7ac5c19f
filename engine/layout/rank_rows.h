// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RankRows: one connected component in rows. A node lies one row below the lowest node that it
// reads; one with more readers than sources lies as close to its readers as it can. Where an edge
// passes a row, it has a bend there; edges of one trunk share their bends.

#include <vector>

#include "layout/layered.h"

namespace layout {

/// Nodes come first, then bends; both are called points here.
struct RankRows {
    struct Link {
        int32_t upper = 0, lower = 0;  ///< points of adjacent rows
    };
    /// Where an edge of the component leads along.
    struct Path {
        int32_t edge = 0;                  ///< index into LayeredGraph::edges
        bool isUpward = false;             ///< drawn against its direction
        bool isRouted = true;              ///< false: beyond what is affordable
        int32_t upper = 0, lower = 0;      ///< nodes
        int32_t firstBend = 0, bends = 0;  ///< points
    };

    std::vector<int32_t> nodes;  ///< indices into LayeredGraph::nodes; point i is nodes[i]
    std::vector<int32_t> row;    ///< per point
    std::vector<std::vector<int32_t>> rows;  ///< points from left to right
    std::vector<Link> links;                 ///< sorted by (upper, lower), without duplicates
    std::vector<Path> paths;

    bool isBend(int32_t point) const { return point >= static_cast<int32_t>(nodes.size()); }
    size_t points() const { return row.size(); }
};

/// Neighbours of points, as ranges of one list.
struct Neighbours {
    std::vector<int32_t> begin;  ///< per point, and the end
    std::vector<int32_t> list;

    const int32_t* from(int32_t point) const { return list.data() + begin[size_t(point)]; }
    const int32_t* to(int32_t point) const { return list.data() + begin[size_t(point) + 1]; }
};

struct RowLinks {
    Neighbours up, down;
};
RowLinks linksByPoint(const RankRows& rows);

/// The components, in the order of their first nodes; `nodes` ascending, edges per component.
struct Component {
    std::vector<int32_t> nodes, edges;
};
std::vector<Component> componentsOf(const LayeredGraph& graph);

/// `mostBends`: of all edges together.
RankRows rankRows(const LayeredGraph& graph, const Component& component, size_t mostBends);

}  // namespace layout

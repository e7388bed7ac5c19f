// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/rank_rows.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace layout {
namespace {

int32_t rootOf(std::vector<int32_t>& parent, int32_t node) {
    while (parent[size_t(node)] != node)
        node = parent[size_t(node)] = parent[size_t(parent[size_t(node)])];
    return node;
}

/// Paths of the component's edges between its points, each from the earlier to the later node.
std::vector<RankRows::Path> pathsOf(const LayeredGraph& graph, const Component& component) {
    const auto pointOf = [&](int32_t node) {
        const auto found = std::ranges::lower_bound(component.nodes, node);
        return static_cast<int32_t>(found - component.nodes.begin());
    };
    std::vector<RankRows::Path> paths;
    for (int32_t index : component.edges) {
        const Edge& edge = graph.edges[size_t(index)];
        RankRows::Path path;
        path.edge = index;
        path.isUpward = edge.from > edge.to;
        path.upper = pointOf(std::min(edge.from, edge.to));
        path.lower = pointOf(std::max(edge.from, edge.to));
        paths.push_back(path);
    }
    return paths;
}

Neighbours neighboursOf(size_t points, const std::vector<std::pair<int32_t, int32_t>>& pairs) {
    Neighbours result;
    result.begin.assign(points + 1, 0);
    result.list.resize(pairs.size());
    for (const auto& [from, to] : pairs)
        ++result.begin[size_t(from) + 1];
    std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
    std::vector<int32_t> next(result.begin.begin(), result.begin.end() - 1);
    for (const auto& [from, to] : pairs)
        result.list[size_t(next[size_t(from)]++)] = to;
    return result;
}

/// Longest paths from above, then whatever has more readers than sources moves down to them, so
/// that its edges are short.
std::vector<int32_t> ranksOf(size_t nodes, const std::vector<RankRows::Path>& paths) {
    std::vector<std::pair<int32_t, int32_t>> down, up;
    for (const RankRows::Path& path : paths) {
        down.emplace_back(path.upper, path.lower);
        up.emplace_back(path.lower, path.upper);
    }
    const Neighbours readers = neighboursOf(nodes, down), sources = neighboursOf(nodes, up);
    std::vector<int32_t> rank(nodes, 0);
    for (int32_t node = 0; node < int32_t(nodes); ++node)
        for (const int32_t* reader = readers.from(node); reader != readers.to(node); ++reader)
            rank[size_t(*reader)] = std::max(rank[size_t(*reader)], rank[size_t(node)] + 1);
    for (int32_t node = int32_t(nodes) - 1; node >= 0; --node) {
        const auto out = readers.to(node) - readers.from(node);
        if (out <= sources.to(node) - sources.from(node)) continue;
        int32_t least = INT32_MAX;
        for (const int32_t* reader = readers.from(node); reader != readers.to(node); ++reader)
            least = std::min(least, rank[size_t(*reader)]);
        rank[size_t(node)] = least - 1;
    }
    return rank;
}

/// Edges of one trunk, which share bends; an upward edge is alone.
using TrunkKey = std::tuple<int32_t, int32_t, int32_t>;  // upper point, trunk, lone edge

struct Trunk {
    std::vector<size_t> paths;
    int32_t bends = 0;  ///< of its longest path
};

std::vector<Trunk> trunksOf(const LayeredGraph& graph, const RankRows& rows) {
    std::map<TrunkKey, size_t> known;
    std::vector<Trunk> trunks;
    for (size_t i = 0; i < rows.paths.size(); ++i) {
        const RankRows::Path& path = rows.paths[i];
        const int32_t lone = path.isUpward ? path.edge : -1;
        const TrunkKey key{path.upper, graph.edges[size_t(path.edge)].trunk, lone};
        const auto [at, isNew] = known.emplace(key, trunks.size());
        if (isNew) trunks.emplace_back();
        Trunk& trunk = trunks[at->second];
        trunk.paths.push_back(i);
        const int32_t passed = rows.row[size_t(path.lower)] - rows.row[size_t(path.upper)] - 1;
        trunk.bends = std::max(trunk.bends, passed);
    }
    return trunks;
}

void addBends(RankRows& rows, const Trunk& trunk) {
    if (trunk.paths.empty()) return;
    const RankRows::Path& any = rows.paths[trunk.paths.front()];
    const auto first = int32_t(rows.points());
    const int32_t top = rows.row[size_t(any.upper)];
    for (int32_t i = 0; i < trunk.bends; ++i) {
        rows.row.push_back(top + 1 + i);
        rows.links.push_back({i == 0 ? any.upper : first + i - 1, first + i});
    }
    for (size_t index : trunk.paths) {
        RankRows::Path& path = rows.paths[index];
        path.firstBend = first;
        path.bends = rows.row[size_t(path.lower)] - top - 1;
        rows.links.push_back({path.bends == 0 ? path.upper : first + path.bends - 1, path.lower});
    }
}

/// Gives up the paths that pass rows.
void keepToNextRow(RankRows& rows, Trunk& trunk) {
    std::erase_if(trunk.paths, [&](size_t index) {
        RankRows::Path& path = rows.paths[index];
        path.isRouted = rows.row[size_t(path.lower)] == rows.row[size_t(path.upper)] + 1;
        return !path.isRouted;
    });
    trunk.bends = 0;
}

/// Bends for the trunks, short ones first, as far as they are affordable.
void routeTrunks(const LayeredGraph& graph, RankRows& rows, size_t mostBends) {
    std::vector<Trunk> trunks = trunksOf(graph, rows);
    std::ranges::stable_sort(trunks, {}, &Trunk::bends);
    size_t used = 0;
    for (Trunk& trunk : trunks) {
        used += size_t(trunk.bends);
        if (used > mostBends) keepToNextRow(rows, trunk);
        addBends(rows, trunk);
    }
    const auto key = [](const RankRows::Link& link) { return std::pair(link.upper, link.lower); };
    std::ranges::sort(rows.links, {}, key);
    const auto areSame = [&](const auto& a, const auto& b) { return key(a) == key(b); };
    rows.links.erase(std::unique(rows.links.begin(), rows.links.end(), areSame), rows.links.end());
}

}  // namespace

std::vector<Component> componentsOf(const LayeredGraph& graph) {
    std::vector<int32_t> parent(graph.nodes.size());
    std::iota(parent.begin(), parent.end(), 0);
    for (const Edge& edge : graph.edges) {
        const int32_t a = rootOf(parent, edge.from), b = rootOf(parent, edge.to);
        parent[size_t(std::max(a, b))] = std::min(a, b);  // the root is the first node
    }
    std::vector<int32_t> number(graph.nodes.size(), -1);
    std::vector<Component> result;
    for (int32_t node = 0; node < int32_t(graph.nodes.size()); ++node) {
        const int32_t root = rootOf(parent, node);
        if (root == node) {
            number[size_t(node)] = int32_t(result.size());
            result.emplace_back();
        }
        result[size_t(number[size_t(root)])].nodes.push_back(node);
    }
    for (int32_t edge = 0; edge < int32_t(graph.edges.size()); ++edge) {
        const Edge& ends = graph.edges[size_t(edge)];
        if (ends.from == ends.to) continue;
        const int32_t root = rootOf(parent, ends.from);
        result[size_t(number[size_t(root)])].edges.push_back(edge);
    }
    return result;
}

RowLinks linksByPoint(const RankRows& rows) {
    std::vector<std::pair<int32_t, int32_t>> down, up;
    for (const RankRows::Link& link : rows.links) {
        down.emplace_back(link.upper, link.lower);
        up.emplace_back(link.lower, link.upper);
    }
    return {neighboursOf(rows.points(), up), neighboursOf(rows.points(), down)};
}

RankRows rankRows(const LayeredGraph& graph, const Component& component, size_t mostBends) {
    RankRows rows;
    rows.nodes = component.nodes;
    rows.paths = pathsOf(graph, component);
    rows.row = ranksOf(rows.nodes.size(), rows.paths);
    const int32_t top = *std::ranges::min_element(rows.row);
    for (int32_t& rank : rows.row)
        rank -= top;
    routeTrunks(graph, rows, mostBends);
    rows.rows.resize(size_t(*std::ranges::max_element(rows.row)) + 1);
    for (int32_t point = 0; point < int32_t(rows.points()); ++point)
        rows.rows[size_t(rows.row[size_t(point)])].push_back(point);
    return rows;
}

}  // namespace layout

// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layered.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "layout/order_rows.h"
#include "support/wide_networks.h"

namespace {

using namespace layout;
using types::DrawnPoint;

constexpr NodeSize kBox{100, 40};

LayeredGraph graphOf(int nodes, std::vector<std::pair<int, int>> edges) {
    LayeredGraph graph;
    graph.nodes.assign(size_t(nodes), kBox);
    for (const auto& [from, to] : edges)
        graph.edges.push_back({from, to, from});
    return graph;
}

LayeredPicture pictureOf(const LayeredGraph& graph) {
    auto picture = layOut(graph);
    EXPECT_TRUE(picture) << picture.error().message();
    return picture ? *picture : LayeredPicture();
}

bool overlap(const LayeredGraph& graph, const LayeredPicture& picture, size_t a, size_t b) {
    const float x = std::abs(picture.centres[a].x - picture.centres[b].x);
    const float y = std::abs(picture.centres[a].y - picture.centres[b].y);
    return x < (graph.nodes[a].width + graph.nodes[b].width) / 2 - 0.01f &&
           y < (graph.nodes[a].height + graph.nodes[b].height) / 2 - 0.01f;
}

/// Boxes that overlap, looked for among those of similar height.
int overlaps(const LayeredGraph& graph, const LayeredPicture& picture) {
    std::vector<size_t> order(graph.nodes.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::sort(order, {}, [&](size_t i) { return picture.centres[i].y; });
    int count = 0;
    for (size_t i = 0; i < order.size(); ++i)
        for (size_t k = i + 1; k < order.size(); ++k) {
            if (picture.centres[order[k]].y - picture.centres[order[i]].y > 300) break;
            count += overlap(graph, picture, order[i], order[k]);
        }
    return count;
}

/// Edges that do not lead down from box to box.
int notDownward(const LayeredGraph& graph, const LayeredPicture& picture) {
    int count = 0;
    for (size_t i = 0; i < graph.edges.size(); ++i) {
        const Edge& edge = graph.edges[i];
        const DrawnPoint &from = picture.centres[size_t(edge.from)],
                         &to = picture.centres[size_t(edge.to)];
        bool isGood = to.y > from.y;
        const auto& route = picture.routes[i];
        if (!route.empty()) {
            isGood &= route.front().x == from.x && route.back().x == to.x;
            isGood &= std::abs(route.front().y - from.y -
                               graph.nodes[size_t(edge.from)].height / 2) < 0.1f;
            isGood &=
                std::abs(to.y - route.back().y - graph.nodes[size_t(edge.to)].height / 2) < 0.1f;
            for (size_t k = 1; k < route.size(); ++k)
                isGood &= route[k].y >= route[k - 1].y;
        }
        count += !isGood;
    }
    return count;
}

bool passes(const DrawnPoint& a, const DrawnPoint& b, const DrawnPoint& centre, NodeSize size) {
    for (int i = 0; i <= 32; ++i) {
        const float t = float(i) / 32;
        const float x = a.x + (b.x - a.x) * t, y = a.y + (b.y - a.y) * t;
        if (std::abs(x - centre.x) < size.width / 2 - 0.5f &&
            std::abs(y - centre.y) < size.height / 2 - 0.5f)
            return true;
    }
    return false;
}

/// Pieces of routes that pass through a box.
int throughBoxes(const LayeredGraph& graph, const LayeredPicture& picture) {
    int count = 0;
    for (const auto& route : picture.routes)
        for (size_t i = 1; i < route.size(); ++i)
            for (size_t node = 0; node < graph.nodes.size(); ++node)
                count += passes(route[i - 1], route[i], picture.centres[node], graph.nodes[node]);
    return count;
}

double side(const DrawnPoint& a, const DrawnPoint& b, const DrawnPoint& c) {
    return (double{b.x} - a.x) * (double{c.y} - a.y) - (double{b.y} - a.y) * (double{c.x} - a.x);
}

int crossingPairs(const LayeredPicture& picture) {
    std::vector<std::pair<DrawnPoint, DrawnPoint>> pieces;
    for (const auto& route : picture.routes)
        for (size_t i = 1; i < route.size(); ++i)
            pieces.emplace_back(route[i - 1], route[i]);
    int count = 0;
    for (size_t i = 0; i < pieces.size(); ++i)
        for (size_t k = i + 1; k < pieces.size(); ++k) {
            const auto& [a, b] = pieces[i];
            const auto& [c, d] = pieces[k];
            count += side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
        }
    return count;
}

TEST(Layered, ChainIsAStraightColumn) {
    const LayeredGraph graph = graphOf(4, {{0, 1}, {1, 2}, {2, 3}});
    const LayeredPicture picture = pictureOf(graph);
    for (const DrawnPoint& centre : picture.centres)
        EXPECT_FLOAT_EQ(centre.x, kBox.width / 2);
    for (const auto& route : picture.routes)
        EXPECT_EQ(route.size(), 2u);
    EXPECT_FLOAT_EQ(picture.width, kBox.width);
    EXPECT_EQ(notDownward(graph, picture), 0);
}

TEST(Layered, ResidualsPassBesideAStraightMainPath) {
    // 0 - 1 - 2 - 3(+0) - 4 - 5 - 6(+3)
    const LayeredGraph graph =
        graphOf(7, {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {3, 4}, {4, 5}, {5, 6}, {3, 6}});
    const LayeredPicture picture = pictureOf(graph);
    for (const DrawnPoint& centre : picture.centres)
        EXPECT_FLOAT_EQ(centre.x, picture.centres[0].x);
    EXPECT_EQ(crossingPairs(picture), 0);
    EXPECT_EQ(throughBoxes(graph, picture), 0);
    EXPECT_EQ(notDownward(graph, picture), 0);
}

TEST(Layered, PlanarGraphsHaveNoCrossings) {
    // Four branches of different length to one sum, given in an awkward order; a tree; a ladder.
    const LayeredGraph branches = graphOf(
        9,
        {{0, 4}, {0, 1}, {0, 3}, {0, 2}, {1, 5}, {2, 6}, {6, 7}, {3, 8}, {5, 8}, {7, 8}, {4, 8}});
    const LayeredGraph tree = graphOf(
        11, {{0, 2}, {0, 1}, {1, 6}, {2, 3}, {1, 5}, {2, 4}, {3, 9}, {6, 7}, {5, 8}, {4, 10}});
    const LayeredGraph ladder = graphOf(
        8, {{0, 1}, {1, 3}, {3, 5}, {5, 7}, {0, 2}, {2, 4}, {4, 6}, {6, 7}, {1, 4}, {3, 6}});
    for (const LayeredGraph& graph : {branches, tree, ladder}) {
        const LayeredPicture picture = pictureOf(graph);
        EXPECT_EQ(crossingPairs(picture), 0);
        EXPECT_EQ(overlaps(graph, picture), 0);
        EXPECT_EQ(throughBoxes(graph, picture), 0);
        EXPECT_EQ(notDownward(graph, picture), 0);
    }
}

TEST(Layered, KeepsItsPromisesOnNetworksOfAnyShape) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        LayeredGraph graph = wide::network(160, seed);
        std::mt19937 random(seed);
        for (NodeSize& node : graph.nodes)
            node = {40.0f + float(random() % 160), 20.0f + float(random() % 60)};
        const LayeredPicture picture = pictureOf(graph);
        EXPECT_EQ(overlaps(graph, picture), 0) << seed;
        EXPECT_EQ(throughBoxes(graph, picture), 0) << seed;
        EXPECT_EQ(notDownward(graph, picture), 0) << seed;
        for (size_t i = 0; i < graph.nodes.size(); ++i) {
            EXPECT_GE(picture.centres[i].x - graph.nodes[i].width / 2, -0.01f);
            EXPECT_LE(picture.centres[i].x + graph.nodes[i].width / 2, picture.width + 0.01f);
            EXPECT_LE(picture.centres[i].y + graph.nodes[i].height / 2, picture.height + 0.01f);
        }
    }
}

TEST(Layered, RandomGraphsDoNotOverlapEither) {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        std::mt19937 random(seed);
        LayeredGraph graph;
        graph.nodes.assign(60, kBox);
        for (int i = 0; i < 110; ++i) {
            const auto from = int32_t(random() % 59);
            graph.edges.push_back({from, from + 1 + int32_t(random() % size_t(59 - from)), i % 3});
        }
        const LayeredPicture picture = pictureOf(graph);
        EXPECT_EQ(overlaps(graph, picture), 0) << seed;
        EXPECT_EQ(throughBoxes(graph, picture), 0) << seed;
        EXPECT_EQ(notDownward(graph, picture), 0) << seed;
    }
}

TEST(Layered, IsDeterministic) {
    const LayeredGraph graph = wide::network(400);
    const LayeredPicture first = pictureOf(graph), second = pictureOf(graph);
    EXPECT_EQ(first.centres, second.centres);
    EXPECT_EQ(first.routes, second.routes);
}

TEST(Layered, ComponentsLieApart) {
    LayeredGraph graph = graphOf(9, {{0, 1}, {2, 3}, {3, 4}, {5, 6}, {5, 7}});
    const LayeredPicture picture = pictureOf(graph);
    EXPECT_EQ(overlaps(graph, picture), 0);
    EXPECT_EQ(componentsOf(graph).size(), 4u);
    EXPECT_TRUE(layOut({})->centres.empty());
}

TEST(Layered, DrawsEdgesToEarlierNodesUpward) {
    const LayeredGraph graph = graphOf(3, {{0, 1}, {1, 2}, {2, 0}, {1, 1}});
    const LayeredPicture picture = pictureOf(graph);
    ASSERT_FALSE(picture.routes[2].empty());
    EXPECT_GT(picture.routes[2].front().y, picture.routes[2].back().y);
    EXPECT_TRUE(picture.routes[3].empty());
    EXPECT_EQ(throughBoxes(graph, picture), 0);
}

TEST(Layered, LeavesOutRoutesThatWouldCostTooMuch) {
    // Every node is read far below: as many bends as pairs of nodes.
    LayeredGraph graph;
    constexpr int kNodes = 3000;
    graph.nodes.assign(kNodes, kBox);
    for (int32_t i = 0; i + 1 < kNodes; ++i) {
        graph.edges.push_back({i, i + 1, i});
        if (i + 2 < kNodes) graph.edges.push_back({i, kNodes - 1, i});
    }
    const LayeredPicture picture = pictureOf(graph);
    size_t left = 0;
    for (const auto& route : picture.routes)
        left += route.empty();
    EXPECT_GT(left, 1000u);
    EXPECT_LT(left, picture.routes.size() / 2);  // the chain itself is routed
    EXPECT_EQ(notDownward(graph, picture), 0);
}

TEST(Layered, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = layOut(wide::network(200), {stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_TRUE(stopped.error().isCancelled());
    // Amid the work: the first report comes when one of two components is done.
    std::stop_source later;
    LayeredGraph two = wide::network(100);
    const auto base = int32_t(two.nodes.size());
    const LayeredGraph other = wide::network(100, 2);
    two.nodes.insert(two.nodes.end(), other.nodes.begin(), other.nodes.end());
    for (const Edge& edge : other.edges)
        two.edges.push_back({edge.from + base, edge.to + base, edge.trunk + base});
    const auto amid =
        layOut(two, {later.get_token(), [&](double, const char*) { later.request_stop(); }});
    ASSERT_FALSE(amid);
    EXPECT_TRUE(amid.error().isCancelled());
}

TEST(OrderRows, RemovesTheCrossingsOfAnAwkwardOrder) {
    // Two rows of six, linked in a shuffled order without need to cross.
    const int partner[6] = {9, 6, 11, 7, 10, 8};
    LayeredGraph graph;
    graph.nodes.assign(13, kBox);
    for (int32_t i = 0; i < 6; ++i) {
        graph.edges.push_back({i, partner[i], i});
        graph.edges.push_back({partner[i], 12, partner[i]});
    }
    const Component all = componentsOf(graph)[0];
    RankRows rows = rankRows(graph, all, 100);
    const RowLinks links = linksByPoint(rows);
    EXPECT_GT(countCrossings(rows, links), 0);
    EXPECT_TRUE(orderRows(rows, links, {}));
    EXPECT_EQ(countCrossings(rows, links), 0);
}

/// The plain twin: every pair of links.
int64_t pairsThatCross(const RankRows& rows) {
    std::map<int32_t, int32_t> place;
    for (const auto& row : rows.rows)
        for (size_t i = 0; i < row.size(); ++i)
            place[row[i]] = int32_t(i);
    int64_t count = 0;
    for (const auto& a : rows.links)
        for (const auto& b : rows.links)
            count += rows.row[size_t(a.upper)] == rows.row[size_t(b.upper)] &&
                     place[a.upper] < place[b.upper] && place[a.lower] > place[b.lower];
    return count;
}

TEST(OrderRows, CountsCrossingsAsThePlainTwin) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937 random(seed);
        LayeredGraph graph;
        graph.nodes.assign(50, kBox);
        for (int32_t i = 0; i < 90; ++i) {
            const auto from = int32_t(random() % 49);
            graph.edges.push_back({from, from + 1 + int32_t(random() % size_t(49 - from)), from});
        }
        for (const Component& component : componentsOf(graph)) {
            RankRows rows = rankRows(graph, component, 10000);
            const RowLinks links = linksByPoint(rows);
            const int64_t before = countCrossings(rows, links);
            EXPECT_EQ(before, pairsThatCross(rows));
            EXPECT_TRUE(orderRows(rows, links, {}));
            EXPECT_EQ(countCrossings(rows, links), pairsThatCross(rows));
            EXPECT_LE(countCrossings(rows, links), before);
        }
    }
}

}  // namespace

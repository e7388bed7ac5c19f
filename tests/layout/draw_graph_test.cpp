// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/draw_graph.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/wide_networks.h"
#include "zoo/reference_models.h"

namespace {

using namespace layout;
using types::BoxKind;
using types::DrawnBox;
using types::DrawnGraph;

DrawnGraph drawn(const types::Graph& graph, const types::DrawingOptions& options = {}) {
    auto result = drawGraph(graph, options);
    EXPECT_TRUE(result);
    return result ? *result : DrawnGraph();
}

int64_t boxesOf(const DrawnGraph& picture, BoxKind kind) {
    return std::ranges::count(picture.boxes, kind, &DrawnBox::kind);
}

/// A chain of two operators; the second calls subgraphs 1 and 2.
types::Graph callingGraph() {
    types::Graph graph = *wide::model(8);
    types::Op& caller = graph.ops[4];
    caller.kind = types::OpKind::WHILE;
    caller.options = types::SubgraphOptions{1, 2};
    for (const char* name : {"condition", "body", "broken"}) {
        types::Subgraph other;
        other.name = name;
        other.tensors.resize(3);
        other.inputs = {0};
        other.outputs = {2};
        for (int32_t i = 0; i < 2; ++i) {
            types::Op op;
            op.kind = types::OpKind::MUL;
            op.inputs = {i, i};
            op.outputs = {i + 1};
            other.ops.push_back(op);
        }
        graph.others.push_back(other);
    }
    graph.others[2].problem = "a tensor has a bad shape";
    graph.subgraphCount = 4;
    return graph;
}

TEST(DrawGraph, DrawsEveryOperatorOnceWithInputsAndOutputs) {
    const auto graph = zoo::imageResNet8(zoo::Precision::Int8);
    ASSERT_TRUE(graph);
    const DrawnGraph picture = drawn(**graph, {false, {}});
    EXPECT_EQ(boxesOf(picture, BoxKind::Operator), int64_t((*graph)->ops.size()));
    EXPECT_EQ(boxesOf(picture, BoxKind::Input), 1);
    EXPECT_EQ(boxesOf(picture, BoxKind::Output), 1);
    for (const types::DrawnLine& line : picture.lines) {
        EXPECT_LT(picture.boxes[size_t(line.from)].centre.y,
                  picture.boxes[size_t(line.to)].centre.y);
        EXPECT_FALSE(line.route.empty());
        EXPECT_FALSE((*graph)->isConstant(line.tensor));
    }
    // Three residuals join there.
    EXPECT_EQ(picture.lines.size(), (*graph)->ops.size() + 1 + 3);
}

TEST(DrawGraph, FoldsAndUnfoldsRepeatedBlocks) {
    const auto graph = wide::model(40);
    const DrawnGraph folded = drawn(*graph);
    ASSERT_EQ(folded.blocks.size(), 1u);
    EXPECT_EQ(boxesOf(folded, BoxKind::Block), 1);
    EXPECT_EQ(folded.boxes.size(), 3u);
    EXPECT_EQ(folded.lines.size(), 2u);
    EXPECT_TRUE(folded.frames.empty());

    types::DrawingOptions options;
    options.unfolded = {{0, 0, -1}};
    const DrawnGraph rounds = drawn(*graph, options);
    EXPECT_EQ(boxesOf(rounds, BoxKind::Round), 10);
    ASSERT_EQ(rounds.frames.size(), 1u);
    EXPECT_EQ(rounds.frames[0].unfolded, (types::Unfolded{0, 0, -1}));

    options.unfolded.insert({0, 0, 3});
    const DrawnGraph one = drawn(*graph, options);
    EXPECT_EQ(boxesOf(one, BoxKind::Round), 9);
    EXPECT_EQ(boxesOf(one, BoxKind::Operator), 4);
    ASSERT_EQ(one.frames.size(), 2u);
    const types::DrawnFrame &outer = one.frames[0], &inner = one.frames[1];
    EXPECT_GT(inner.top, outer.top);
    EXPECT_LT(inner.top + inner.height, outer.top + outer.height);
    for (const DrawnBox& box : one.boxes) {
        if (box.kind != BoxKind::Operator) continue;
        EXPECT_GT(box.centre.x - box.width / 2, inner.left);
        EXPECT_LT(box.centre.y + box.height / 2, inner.top + inner.height);
        EXPECT_TRUE(box.firstOp >= 12 && box.firstOp < 16);
    }
}

TEST(DrawGraph, EveryOperatorIsInExactlyOneBox) {
    for (bool folds : {false, true}) {
        const auto graph = wide::model(50, 3);
        const DrawnGraph picture = drawn(*graph, {folds, {}});
        std::vector<int> seen(graph->ops.size(), 0);
        for (const DrawnBox& box : picture.boxes)
            for (int32_t op = box.firstOp; op >= 0 && op <= box.lastOp; ++op)
                ++seen[size_t(op)];
        EXPECT_EQ(std::ranges::count(seen, 1), std::ssize(seen));
    }
}

TEST(DrawGraph, SubgraphsStandBesideTheirCallers) {
    const types::Graph graph = callingGraph();
    const DrawnGraph picture = drawn(graph, {false, {}});
    ASSERT_EQ(picture.frames.size(), 2u);
    ASSERT_EQ(picture.leftOut.size(), 1u);
    EXPECT_NE(picture.leftOut[0].find("bad shape"), std::string::npos);
    for (const types::DrawnFrame& frame : picture.frames) {
        EXPECT_TRUE(frame.isSubgraph);
        ASSERT_EQ(frame.callers.size(), 1u);
        const DrawnBox& caller = picture.boxes[size_t(frame.callers[0])];
        EXPECT_EQ(caller.firstOp, 4);
        EXPECT_GE(frame.top + 1, caller.centre.y - caller.height / 2);
        EXPECT_GT(frame.left, caller.centre.x + caller.width / 2);
        int inside = 0;
        for (const DrawnBox& box : picture.boxes) {
            if (box.subgraph != frame.subgraph) continue;
            ++inside;
            EXPECT_GT(box.centre.x - box.width / 2, frame.left);
            EXPECT_LT(box.centre.x + box.width / 2, frame.left + frame.width);
            EXPECT_GT(box.centre.y - box.height / 2, frame.top);
            EXPECT_LT(box.centre.y + box.height / 2, frame.top + frame.height);
        }
        EXPECT_EQ(inside, 4);
    }
    const types::DrawnFrame &first = picture.frames[0], &second = picture.frames[1];
    EXPECT_TRUE(first.top + first.height <= second.top || first.left + first.width <= second.left);
}

TEST(DrawGraph, SubgraphsThatCallThemselvesOrNobodyCallsEnd) {
    types::Graph graph = callingGraph();
    graph.others[0].ops[0].kind = types::OpKind::WHILE;
    graph.others[0].ops[0].options = types::SubgraphOptions{1, 77};
    graph.ops[4].options = {};
    EXPECT_EQ(drawn(graph).frames.size(), 2u);
    EXPECT_TRUE(drawn(types::Graph()).boxes.empty());
}

TEST(DrawGraph, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = drawGraph(*wide::model(100), {false, {}}, {stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_TRUE(stopped.error().isCancelled());
}

}  // namespace

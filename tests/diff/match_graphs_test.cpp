// SPDX-License-Identifier: GPL-3.0-or-later
// Layers are matched by structure alone here: what the origins say is only the answer to compare
// with.
#include "diff/match_graphs.h"

#include <gtest/gtest.h>

#include <numeric>

#include "support/deep_network.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/channels/blocks.h"

namespace {

using namespace types;
using zoo::Padding;

GraphPtr varied(const GraphPtr& graph, const Variation& variation) {
    auto result = transform::apply(graph, variation);
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message());
    return result ? result->graph : graph;
}

std::vector<LayerMatch> matched(const Graph& a, const Graph& b, bool sharesOrigins = false) {
    auto matches = diff::matchGraphs(a, b, sharesOrigins);
    EXPECT_TRUE(matches.has_value());
    return matches ? *matches : std::vector<LayerMatch>();
}

/// Leaves out every block that ends in an eighth of the network, except for the last.
Variation withoutBlocks(const Graph& graph, size_t every) {
    Variation variation;
    const auto blocks = transform::findBlocks(graph);
    for (size_t i = every / 2; i + every < blocks.size(); i += every)
        variation.layers[blocks[i].last].dropBlock = true;
    return variation;
}

struct OwnEdit {
    const char* name;
    std::function<Variation(const Graph&)> variation;
};

const OwnEdit kOwnEdits[] = {
    {"width",
     [](const Graph&) {
         Variation v;
         v.width = 0.5;
         return v;
     }},
    {"prune",
     [](const Graph&) {
         Variation v;
         v.prune.channels = 0.4;
         v.prune.scope = PruneScope::Global;
         return v;
     }},
    {"zeros",
     [](const Graph&) {
         Variation v;
         v.prune.weights = 0.5;
         return v;
     }},
    {"int8",
     [](const Graph&) {
         Variation v;
         v.quantize.precision = Precision::Int8;
         return v;
     }},
    {"int8w4",
     [](const Graph&) {
         Variation v;
         v.quantize.precision = Precision::Int8W4;
         return v;
     }},
    {"dropped blocks", [](const Graph& graph) { return withoutBlocks(graph, 7); }},
    {"all",
     [](const Graph& graph) {
         Variation v = withoutBlocks(graph, 9);
         v.prune.channels = 0.25;
         v.quantize.precision = Precision::Int8;
         return v;
     }},
};

TEST(MatchGraphs, OurOwnEditsMatchAt99PerCent) {
    const GraphPtr graph = support::deepNetwork(400);
    for (const OwnEdit& edit : kOwnEdits) {
        const GraphPtr other = varied(graph, edit.variation(*graph));
        const double share = support::rightShare(*graph, *other, matched(*graph, *other));
        RecordProperty(edit.name, std::to_string(share));
        EXPECT_GE(share, 0.99) << edit.name << ": " << share;
        const double byOrigin = support::rightShare(*graph, *other, matched(*graph, *other, true));
        EXPECT_EQ(byOrigin, 1.0) << edit.name << " by origin";
    }
}

TEST(MatchGraphs, TheOrderOfTheFileDoesNotMatter) {
    const GraphPtr graph = support::deepNetwork(200);
    Variation v;
    v.quantize.precision = Precision::Int8;
    Graph other = *varied(graph, v);
    // As late as the edges allow, instead of as early: branches change places.
    std::vector<Op> later;
    std::vector<bool> isPlaced(other.ops.size(), false);
    std::vector<int32_t> readers(other.tensors.size(), 0);
    for (const Op& op : other.ops)
        for (const int32_t t : op.inputs)
            if (t >= 0) ++readers[static_cast<size_t>(t)];
    while (later.size() < other.ops.size())
        for (size_t i = 0; i < other.ops.size(); ++i) {
            const Op& op = other.ops[i];
            if (isPlaced[i] || readers[static_cast<size_t>(op.outputs[0])] > 0) continue;
            isPlaced[i] = true;
            later.push_back(op);
            for (const int32_t t : op.inputs)
                if (t >= 0) --readers[static_cast<size_t>(t)];
        }
    std::reverse(later.begin(), later.end());
    for (auto& tensor : other.tensors)
        tensor.name.clear();
    other.ops = later;
    EXPECT_GE(support::rightShare(*graph, other, matched(*graph, other)), 0.99);
}

/// Operators [first, last) as a model of their own, as somebody who wants an embedding cuts it.
Graph cut(const Graph& graph, size_t first, size_t last) {
    Graph part = graph;
    part.ops.assign(graph.ops.begin() + static_cast<ptrdiff_t>(first),
                    graph.ops.begin() + static_cast<ptrdiff_t>(last));
    part.outputs = {part.ops.back().outputs[0]};
    if (first > 0) part.inputs = {part.ops.front().inputs[0]};
    part.original = {};
    return part;
}

TEST(MatchGraphs, ACutModelMatchesItsPart) {
    const GraphPtr graph = support::deepNetwork(300);
    Variation v;
    v.quantize.precision = Precision::Int8;
    const GraphPtr quantized = varied(graph, v);
    // #1, #5, ... begin blocks, whose ADD writes all that follows.
    const auto begin = [](const Graph& g, int32_t origin) {
        return static_cast<size_t>(std::ranges::find(g.ops, origin, &Op::origin) - g.ops.begin());
    };
    for (const auto& [first, last] : {std::pair{0, 161}, {0, 97}}) {
        const Graph part = cut(*quantized, begin(*quantized, first), begin(*quantized, last));
        EXPECT_GE(support::rightShare(*graph, part, matched(*graph, part)), 0.99)
            << first << " to " << last;
    }
}

TEST(MatchGraphs, AFileThatWasOpenedAgainIsMatchedByItsWeights) {
    const GraphPtr graph = support::deepNetwork(60);
    const auto bytes = tflite::writeBytes(*varied(graph, withoutBlocks(*graph, 4)));
    const auto opened = tflite::readBytes(bytes, "again");
    ASSERT_TRUE(opened.has_value());
    const auto matches = matched(*graph, **opened);
    size_t byWeights = 0, removed = 0;
    for (const LayerMatch& match : matches) {
        byWeights += match.isMatched() && match.evidence == MatchEvidence::Weights;
        removed += match.candidate.empty();
        EXPECT_FALSE(match.baseline.empty());
    }
    EXPECT_GT(byWeights, (*opened)->ops.size() / 2);
    EXPECT_EQ(removed, graph->ops.size() - (*opened)->ops.size());
}

TEST(MatchGraphs, AnActivationThatWasFusedIsPartOfItsLayer) {
    const auto network = [](bool isFused) {
        zoo::GraphBuilder build("net");
        zoo::Value x = build.input({1, 8, 8, 3});
        const auto activation = isFused ? zoo::Activation::Relu6 : zoo::Activation::None;
        x = build.conv(x, 8, 3, 2, Padding::Same, activation);
        if (!isFused) x = build.unary(OpKind::RELU6, x);
        x = build.depthwise(x, 3);
        return *build.finish({build.softmax(build.fullyConnected(x, 4))});
    };
    const GraphPtr apart = network(false), fused = network(true);
    const auto matches = matched(*apart, *fused);
    ASSERT_EQ(matches.size(), 4u);
    EXPECT_EQ(matches[0].kind, MatchKind::Fused);
    EXPECT_EQ(matches[0].baseline, (std::vector<int32_t>{0, 1}));
    EXPECT_EQ(matches[0].candidate, (std::vector<int32_t>{0}));
    const auto turned = matched(*fused, *apart);
    ASSERT_EQ(turned.size(), 4u);
    EXPECT_EQ(turned[0].kind, MatchKind::Split);
    EXPECT_EQ(turned[0].candidate, (std::vector<int32_t>{0, 1}));
    EXPECT_EQ(turned[1].kind, MatchKind::Same);
}

/// Batch norm as MUL and ADD behind a convolution with an activation behind it, or folded into it.
GraphPtr normalized(bool isFolded) {
    zoo::GraphBuilder build("norm", zoo::Precision::Float32, 7);
    std::vector<float> scale(8), shift(8);
    std::iota(scale.begin(), scale.end(), 1.0f);
    std::iota(shift.begin(), shift.end(), -4.0f);
    zoo::Value x = build.input({1, 8, 8, 3});
    if (isFolded)
        build.editNext([&](zoo::LayerWeights& w) {
            for (size_t i = 0; i < w.filter.size(); ++i)
                w.filter[i] *= scale[i / (w.filter.size() / 8)];
            for (size_t c = 0; c < 8; ++c)
                w.bias[c] = w.bias[c] * scale[c] + shift[c];
        });
    x = build.conv(x, 8, 3, 1, Padding::Same,
                   isFolded ? zoo::Activation::Relu : zoo::Activation::None);
    if (!isFolded) {
        x = build.mul(x, build.constant({8}, scale));
        x = build.add(x, build.constant({8}, shift));
        x = build.unary(OpKind::RELU, x);
    }
    x = build.conv(x, 4, 1);
    return *build.finish({build.softmax(build.flatten(x))});
}

TEST(MatchGraphs, ABatchNormThatWasFoldedIsPartOfItsLayer) {
    const GraphPtr apart = normalized(false), folded = normalized(true);
    const auto matches = matched(*apart, *folded);
    ASSERT_EQ(matches.size(), folded->ops.size());
    EXPECT_EQ(matches[0].kind, MatchKind::Fused);
    EXPECT_EQ(matches[0].baseline, (std::vector<int32_t>{0, 1, 2, 3}));
    const auto turned = matched(*folded, *apart);
    ASSERT_EQ(turned.size(), folded->ops.size());
    EXPECT_EQ(turned[0].kind, MatchKind::Split);
    EXPECT_EQ(turned[0].candidate, (std::vector<int32_t>{0, 1, 2, 3}));
}

/// A convolution, or two with half of its channels each and their concatenation.
GraphPtr halved(bool isSplit) {
    zoo::GraphBuilder build("halves", zoo::Precision::Float32, 5);
    zoo::Value x = build.conv(build.input({1, 8, 8, 3}), 8, 3);
    x = isSplit ? build.concat({build.conv(x, 8, 3), build.conv(x, 8, 3)}) : build.conv(x, 16, 3);
    return *build.finish({build.softmax(build.fullyConnected(build.mean(x, {1, 2}), 4))});
}

TEST(MatchGraphs, ALayerInPartsIsOneToMany) {
    const GraphPtr whole = halved(false), parts = halved(true);
    const auto matches = matched(*whole, *parts);
    ASSERT_EQ(matches.size(), whole->ops.size());
    EXPECT_EQ(matches[1].kind, MatchKind::Split);
    EXPECT_EQ(matches[1].baseline, (std::vector<int32_t>{1}));
    EXPECT_EQ(matches[1].candidate, (std::vector<int32_t>{1, 2, 3}));
    const auto turned = matched(*parts, *whole);
    ASSERT_EQ(turned.size(), whole->ops.size());
    EXPECT_EQ(turned[1].kind, MatchKind::Fused);
    EXPECT_EQ(turned[1].baseline, (std::vector<int32_t>{1, 2, 3}));
}

TEST(MatchGraphs, WhatQuantizingInsertedHasNoCounterpart) {
    const GraphPtr graph = support::deepNetwork(20);
    Variation v;
    v.quantize.precision = Precision::Int8;
    v.quantize.inputType = v.quantize.outputType = DataType::Float32;
    const GraphPtr other = varied(graph, v);
    for (const LayerMatch& match : matched(*graph, *other)) {
        if (match.isMatched()) {
            EXPECT_EQ(match.kind, MatchKind::Retyped);
            EXPECT_FALSE(match.changes.empty());
            continue;
        }
        ASSERT_EQ(match.candidate.size(), 1u);
        const OpKind kind = other->ops[static_cast<size_t>(match.candidate[0])].kind;
        EXPECT_TRUE(kind == OpKind::QUANTIZE || kind == OpKind::DEQUANTIZE);
    }
}

TEST(MatchGraphs, EqualGraphsAreTheSameAndForeignOnesAreNot) {
    const GraphPtr graph = support::deepNetwork(40);
    const auto same = matched(*graph, *graph);
    ASSERT_EQ(same.size(), graph->ops.size());
    for (size_t i = 0; i < same.size(); ++i) {
        EXPECT_EQ(same[i].kind, MatchKind::Same);
        EXPECT_EQ(same[i].baseline, (std::vector<int32_t>{static_cast<int32_t>(i)}));
        EXPECT_EQ(same[i].baseline, same[i].candidate);
    }
    zoo::GraphBuilder build("dense");
    zoo::Value x = build.input({1, 30});
    for (int i = 0; i < 4; ++i)
        x = build.fullyConnected(x, 20, zoo::Activation::Relu);
    const GraphPtr dense = *build.finish({build.unary(OpKind::LOGISTIC, x)});
    for (const LayerMatch& match : matched(*graph, *dense))
        if (match.isMatched()) {
            EXPECT_EQ(dense->ops[static_cast<size_t>(match.candidate[0])].kind,
                      OpKind::FULLY_CONNECTED);
        }
}

TEST(MatchGraphs, EveryLayerIsInOneMatchAndASharedBlockDoesNotConfuse) {
    const GraphPtr a = support::deepNetwork(120), b = support::deepNetwork(90, 9);
    const auto matches = matched(*a, *b);
    std::vector<int> ofA(a->ops.size(), 0), ofB(b->ops.size(), 0);
    for (const LayerMatch& match : matches) {
        for (const int32_t layer : match.baseline)
            ++ofA[static_cast<size_t>(layer)];
        for (const int32_t layer : match.candidate)
            ++ofB[static_cast<size_t>(layer)];
    }
    EXPECT_EQ(std::ranges::count(ofA, 1), static_cast<ptrdiff_t>(ofA.size()));
    EXPECT_EQ(std::ranges::count(ofB, 1), static_cast<ptrdiff_t>(ofB.size()));
}

TEST(MatchGraphs, StopsWhenItIsAskedTo) {
    const GraphPtr graph = support::deepNetwork(40);
    std::stop_source stop;
    stop.request_stop();
    Work work;
    work.stop = stop.get_token();
    const auto matches = diff::matchGraphs(*graph, *graph, false, work);
    ASSERT_FALSE(matches.has_value());
    EXPECT_TRUE(matches.error().isCancelled());
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Networks for layouts: chains with residuals and branches of any length.

#include <random>

#include "layout/layered.h"
#include "types/graph.h"

namespace wide {

/// Blocks of up to five nodes in a row: plain, with a residual, or with two branches; now and then
/// an edge over many blocks.
inline layout::LayeredGraph network(int nodes, unsigned seed = 1) {
    std::mt19937 random(seed);
    layout::LayeredGraph graph;
    const auto add = [&](std::initializer_list<int32_t> sources) {
        const auto node = int32_t(graph.nodes.size());
        graph.nodes.push_back({168, 44});
        for (int32_t source : sources)
            graph.edges.push_back({source, node, source});
        return node;
    };
    std::vector<int32_t> ends{add({})};
    while (int(graph.nodes.size()) < nodes) {
        const int32_t last = ends.back();
        switch (random() % 4) {
            case 0: {  // residual
                const int32_t a = add({last}), b = add({a});
                ends.push_back(add({b, last}));
                break;
            }
            case 1: {  // branches
                const int32_t a = add({last}), b = add({last}), c = add({b});
                ends.push_back(add({a, c}));
                break;
            }
            case 2:  // from far above
                ends.push_back(add({last, ends[random() % ends.size() / 2]}));
                break;
            default:
                ends.push_back(add({last}));
        }
        if (random() % 20 == 0 && ends.size() > 4) {  // the far edges stay short in most places
            ends.erase(ends.begin(), ends.end() - 4);
        }
    }
    return graph;
}

/// Blocks of four operators, ADD with a residual at the end: `shapes` different blocks in turn.
inline types::GraphPtr model(int ops, int shapes = 1) {
    auto graph = std::make_shared<types::Graph>();
    graph->name = "wide";
    graph->buffers.resize(1);
    const auto tensor = [&](int32_t channels) {
        types::Tensor made;
        made.name = "block/t" + std::to_string(graph->tensors.size());
        made.type = types::DataType::Int8;
        made.shape = {1, 8, 8, channels};
        graph->tensors.push_back(made);
        return int32_t(graph->tensors.size()) - 1;
    };
    const auto op = [&](types::OpKind kind, std::vector<int32_t> inputs, int32_t channels) {
        types::Op made;
        made.kind = kind;
        made.inputs = std::move(inputs);
        made.outputs = {tensor(channels)};
        made.origin = int32_t(graph->ops.size());
        graph->ops.push_back(made);
        return made.outputs[0];
    };
    int32_t last = tensor(8);
    graph->inputs = {last};
    using enum types::OpKind;
    for (int block = 0; int(graph->ops.size()) < ops; ++block) {
        const int32_t channels = 8 + 8 * (block % shapes);
        const int32_t entry = op(CONV_2D, {last}, channels);
        const int32_t deep = op(DEPTHWISE_CONV_2D, {entry}, 2 * channels);
        const int32_t narrow = op(CONV_2D, {deep}, channels);
        last = op(ADD, {narrow, entry}, channels);
    }
    graph->outputs = {last};
    return graph;
}

}  // namespace wide

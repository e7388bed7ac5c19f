// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/layer_pairs.h"

#include <algorithm>
#include <optional>

#include "calibration/linear_layer.h"
#include "quantize/scale_rules.h"

namespace quantize {

using calibration::LinearLayer;
using types::Activation;
using types::Graph;
using types::Op;
using types::OpKind;

namespace {

/// Operators that apply one function to all values of a channel and commute with positive factors.
bool commutes(const Graph& graph, const Op& op) {
    const Activation activation = activationOf(op.options);
    switch (op.kind) {
        case OpKind::RELU:
        case OpKind::PAD:
            return true;
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
            return activation == Activation::None || activation == Activation::Relu;
        case OpKind::RESHAPE:  // flattening keeps channels innermost
            return graph.tensor(op.inputs[0]).shape[0] == graph.tensor(op.outputs[0]).shape[0] &&
                   graph.tensor(op.outputs[0]).shape.size() == 2;
        default:
            return false;
    }
}

int64_t usesOf(const Graph& graph, int32_t tensor) {
    int64_t uses = std::ranges::count(graph.outputs, tensor);
    for (const Op& op : graph.ops)
        uses += std::ranges::count(op.inputs, tensor);
    return uses;
}

/// True for a linear layer whose constants have no other user.
bool isOwnLayer(const FloatModel& model, size_t op) {
    if (!LinearLayer::is(model.graph, op) || !weightRoles(model.graph, op)) return false;
    const auto& inputs = model.graph.ops[op].inputs;
    return std::all_of(inputs.begin() + 1, inputs.end(), [&](int32_t input) {
        return input < 0 || (usesOf(model.graph, input) == 1 && model.isReal(input));
    });
}

/// The only reader of a tensor; nothing where there are several.
std::optional<size_t> readerOf(const Graph& graph, int32_t tensor) {
    if (usesOf(graph, tensor) != 1) return std::nullopt;
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (graph.ops[op].input(0) == tensor) return op;
    return std::nullopt;
}

std::optional<EqualizedPair> pairFrom(const FloatModel& model, size_t first) {
    if (!isOwnLayer(model, first)) return std::nullopt;
    const Graph& graph = model.graph;
    const Activation activation = activationOf(graph.ops[first].options);
    EqualizedPair pair{first, 0, activation == Activation::Relu6, {graph.ops[first].outputs[0]}};
    if (!pair.clipped && activation != Activation::None && activation != Activation::Relu)
        return std::nullopt;
    auto reader = readerOf(graph, pair.between.back());
    while (reader && commutes(graph, graph.ops[*reader])) {
        pair.between.push_back(graph.ops[*reader].outputs[0]);
        reader = readerOf(graph, pair.between.back());
    }
    if (!reader || !isOwnLayer(model, *reader)) return std::nullopt;
    pair.second = *reader;
    const size_t columns = LinearLayer(graph, pair.second).columns();
    if (columns % LinearLayer(graph, first).channels() != 0) return std::nullopt;
    return pair;
}

}  // namespace

std::vector<EqualizedPair> findLayerPairs(const FloatModel& model) {
    std::vector<EqualizedPair> pairs;
    for (size_t op = 0; op < model.graph.ops.size(); ++op)
        if (auto pair = pairFrom(model, op)) pairs.push_back(std::move(*pair));
    return pairs;
}

}  // namespace quantize

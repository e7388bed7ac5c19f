// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/graph_builder.h"

#include <algorithm>
#include <cassert>
#include <cctype>

#include "analysis/op_version.h"
#include "analysis/shapes.h"
#include "analysis/validate.h"

namespace zoo {

using namespace types;

GraphBuilder::GraphBuilder(std::string name, Precision precision, uint64_t seed)
    : m_precision(precision), m_random(seed) {
    m_graph.name = std::move(name);
    m_graph.buffers.emplace_back();  // buffer 0 means "no data"
}

Value GraphBuilder::input(Shape shape, double low, double high) {
    const auto name = "input_" + std::to_string(m_graph.inputs.size());
    const Value x = newTensor(name, activationType(), std::move(shape), uniformSpread(low, high));
    m_graph.inputs.push_back(x.tensor);
    return x;
}

/// An operator that moves or selects codes and so keeps the scale of its first input.
Value GraphBuilder::passThrough(OpKind kind, const std::vector<Value>& inputs, OpOptions options) {
    for (Value x : inputs)
        if (failed({x})) return {};
    const Quantization shared = tensorOf(inputs[0]).quantization;
    const Value y = newLayer(kind, inputs, std::move(options), spreadOf(inputs[0]), shared);
    if (m_error) return {};
    tensorOf(y).type = tensorOf(inputs[0]).type;
    return y;
}

Value GraphBuilder::requantized(Value x, const Spread& spread) {
    const bool same = spreadOf(x).low == spread.low && spreadOf(x).high == spread.high;
    if (same || tensorOf(x).type != DataType::Int8) return x;
    const Value y = newLayer(OpKind::QUANTIZE, {x}, {}, spread);
    return y;
}

Value GraphBuilder::newLayer(OpKind kind, const std::vector<Value>& inputs, OpOptions options,
                             Spread spread, std::optional<Quantization> quantization) {
    Op layer;
    layer.kind = kind;
    layer.options = std::move(options);
    for (Value x : inputs)
        layer.inputs.push_back(x.tensor);
    const Value y = newTensor(layerName(kind), activationType(), {}, spread);
    if (quantization && tensorOf(y).type == DataType::Int8)
        tensorOf(y).quantization = *quantization;
    layer.outputs = {y.tensor};
    auto shapes = analysis::inferOutputShapes(m_graph, layer);
    if (!shapes) {
        m_error = shapes.error();
        return {};
    }
    tensorOf(y).shape = shapes->at(0);
    layer.origin = static_cast<int32_t>(m_graph.ops.size());
    m_graph.ops.push_back(std::move(layer));
    return y;
}

Value GraphBuilder::newTensor(std::string name, DataType type, Shape shape, Spread spread) {
    Tensor tensor;
    tensor.name = std::move(name);
    tensor.type = type;
    tensor.shape = std::move(shape);
    if (type == DataType::Int8) tensor.quantization = int8Quantization(spread.low, spread.high);
    m_graph.tensors.push_back(std::move(tensor));
    m_spreads.push_back(spread);
    return {static_cast<int32_t>(m_graph.tensors.size()) - 1};
}

bool GraphBuilder::failed(std::initializer_list<Value> inputs) const {
    assert(m_error ||
           std::all_of(inputs.begin(), inputs.end(), [](Value x) { return x.tensor >= 0; }));
    return m_error.has_value();
}

DataType GraphBuilder::activationType() const {
    return m_precision == Precision::Int8 ? DataType::Int8 : DataType::Float32;
}

std::string GraphBuilder::layerName(OpKind kind) {
    std::string name = opName(kind) + "_" + std::to_string(m_graph.ops.size());
    for (char& letter : name)
        letter = static_cast<char>(std::tolower(letter));
    return name;
}

GraphBuilder& GraphBuilder::editNext(WeightEdit edit) {
    m_edit = std::move(edit);
    return *this;
}

GraphBuilder& GraphBuilder::describe(std::string description) {
    m_graph.description = std::move(description);
    return *this;
}

const Shape& GraphBuilder::shape(Value x) const {
    return m_graph.tensor(x.tensor).shape;
}

Result<GraphPtr> GraphBuilder::finish(const std::vector<Value>& outputs) {
    if (m_error) return tl::unexpected(*m_error);
    for (Value x : outputs)
        m_graph.outputs.push_back(x.tensor);
    for (Op& layer : m_graph.ops)
        layer.version = analysis::opVersion(m_graph, layer);
    auto graph = std::make_shared<Graph>(std::move(m_graph));
    if (auto sound = analysis::validate(*graph); !sound) return tl::unexpected(sound.error());
    return graph;
}

}  // namespace zoo

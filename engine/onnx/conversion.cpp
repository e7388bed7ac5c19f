// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/conversion.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "analysis/op_version.h"
#include "analysis/real_values.h"
#include "onnx/evaluate_node.h"
#include "onnx/input_layout.h"
#include "onnx/operators.h"
#include "onnx/tensor_data.h"

namespace onnx {

using types::DataType;
using types::OpKind;
using types::Shape;

namespace {

/// Types that the runtime's tensors have.
DataType storedType(DataType type) {
    return type == DataType::UInt16 || type == DataType::UInt64 ? DataType::Int32 : type;
}

std::string keyOf(const char* what, int32_t tensor, const Shape& shape,
                  const std::vector<int32_t>& order) {
    std::string key = std::string(what) + std::to_string(tensor);
    for (int32_t d : shape)
        key += "," + std::to_string(d);
    key += ";";
    for (int32_t d : order)
        key += "," + std::to_string(d);
    return key;
}

}  // namespace

Conversion::Conversion(OnnxNetwork& network) : m_network(network) {
    m_graph.buffers.emplace_back();
    for (size_t n = 0; n < network.nodes.size(); ++n)
        for (const std::string& name : network.nodes[n].inputs)
            if (!name.empty()) m_readers[name].push_back(n);
    m_outputs.insert(network.outputs.begin(), network.outputs.end());
}

types::Graph Conversion::run() {
    addInputs();
    readConstants();
    for (size_t n = 0; n < m_network.nodes.size(); ++n)
        if (!m_done.contains(n)) convert(m_network.nodes[n]);
    addOutputs();
    return std::move(m_graph);
}

void Conversion::addInputs() {
    const InputLayout layout(m_network);
    for (const Port& port : m_network.inputs) {
        const AxisOrder order = layout.orderOf(port);
        const int32_t tensor =
            addTensor(port.name, storedType(port.type), ordered(port.shape, order));
        m_graph.inputs.push_back(tensor);
        give(port.name, {port.type, port.shape, {}, {}, viewOf(tensor, port.shape, order)});
    }
}

void Conversion::readConstants() {
    for (const auto& [name, array] : m_network.constants)
        give(name, {array.type, array.shape, array, {}, {}});
}

bool Conversion::fold(const Node& node) {
    if (node.outputs.size() != 1 && node.op != "Dropout") return false;
    if (node.op == "Shape" || node.op == "Size") {
        const ConstantArray array = shapeAsArray(node, input(node, 0).shape);
        give(node.outputs[0], {array.type, array.shape, array, {}, {}});
        return true;
    }
    for (const std::string& name : node.inputs)
        if (!name.empty() && constantOf(name) == nullptr) return false;
    const auto array = evaluateNode(arguments(node));
    if (!array) return false;
    OnnxValue result{array->type, array->shape, array, {}, {}};
    // Codes of weights stay codes where a node only passes them on.
    const bool keepsCodes = node.op == "Identity" && node.hasInput(0);
    if (keepsCodes) result.codes = input(node, 0).codes;
    give(node.outputs[0], std::move(result));
    return true;
}

void Conversion::convert(const Node& node) {
    if (fold(node)) return;
    const Converter converter = converterOf(node);
    require(node.hasInput(0), node, "lacks its first input");
    converter(*this, node);
}

const OnnxValue& Conversion::input(const Node& node, size_t i) const {
    require(node.hasInput(i), node, "lacks input " + std::to_string(i));
    const auto found = m_values.find(node.inputs[i]);
    require(found != m_values.end(), node,
            "reads '" + node.inputs[i] + "', an output that is not converted");
    return found->second;
}

const ConstantArray* Conversion::constantOf(const std::string& name) const {
    const auto found = m_values.find(name);
    return found == m_values.end() || !found->second.constant ? nullptr : &*found->second.constant;
}

NodeArguments Conversion::arguments(const Node& node) const {
    NodeArguments result{node, m_network.opset, {}};
    for (const std::string& name : node.inputs)
        result.constants.push_back(name.empty() ? nullptr : constantOf(name));
    return result;
}

void Conversion::note(const std::string& text) {
    auto& notes = m_network.notes;
    if (std::find(notes.begin(), notes.end(), text) == notes.end()) notes.push_back(text);
}

void Conversion::give(const std::string& name, OnnxValue value) {
    if (!name.empty()) m_values[name] = std::move(value);
}

void Conversion::give(const Node& node, const View& view, DataType type) {
    give(node.outputs[0], {type, view.shape, {}, {}, view});
}

void Conversion::finish(const Tail& tail, const View& view) {
    give(tail.name, {tail.type, view.shape, {}, {}, view});
    m_done.insert(tail.nodes.begin(), tail.nodes.end());
}

int32_t Conversion::addTensor(std::string name, DataType type, Shape shape,
                              types::Quantization quantization) {
    if (!isSane(shape))
        throw Unmappable{{"has the shape " + types::shapeText(shape), "value '" + name + "'",
                          "models for microcontrollers have 1 to 64 million elements"}};
    types::Tensor tensor;
    tensor.name = std::move(name);
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.hasRank = tensor.shape.empty();
    tensor.quantization = std::move(quantization);
    m_graph.tensors.push_back(std::move(tensor));
    return static_cast<int32_t>(m_graph.tensors.size() - 1);
}

int32_t Conversion::addTensorLike(const std::string& name, int32_t tensor, Shape shape) {
    const types::Tensor like = m_graph.tensor(tensor);
    return addTensor(name, like.type, std::move(shape), like.quantization);
}

int32_t Conversion::addScaled(const std::string& name, Shape shape,
                              const std::optional<ActivationScale>& scale) {
    if (!scale) return addTensor(name, DataType::Float32, std::move(shape));
    return addTensor(name, scale->type, std::move(shape), {{scale->scale}, {scale->zeroPoint}});
}

int32_t Conversion::addConstant(const std::string& name, const ConstantArray& array, DataType type,
                                types::Quantization quantization) {
    const int32_t index = addTensor(name, type, array.shape, std::move(quantization));
    types::Tensor& tensor = m_graph.tensors[static_cast<size_t>(index)];
    std::vector<uint8_t> bytes;
    if (type == DataType::Int64 || type == DataType::Int32) {
        const auto width = static_cast<size_t>(types::bitsOf(type) / 8);
        const auto [lowest, highest] = types::codeRange(DataType::Int32);
        bytes.resize(array.values->size() * width);
        for (size_t i = 0; i < array.values->size(); ++i) {
            const double limit = type == DataType::Int64 ? 9e18 : static_cast<double>(highest);
            const double bottom = type == DataType::Int64 ? -9e18 : static_cast<double>(lowest);
            const auto code = static_cast<int64_t>(std::clamp(array.at(i), bottom, limit));
            std::memcpy(bytes.data() + i * width, &code, width);
        }
    } else {
        // Codes are their own values here; encode() rounds, clamps and packs them.
        types::Tensor plain = tensor;
        plain.quantization = {};
        const std::vector<float> values(array.values->begin(), array.values->end());
        bytes = analysis::encode(plain, values);
    }
    tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size());
    m_graph.buffers.emplace_back(std::move(bytes));
    return index;
}

int32_t Conversion::addIntegers(const std::string& name, const std::vector<int32_t>& values) {
    const std::string key = keyOf("integers", 0, values, {});
    if (const auto found = m_cache.find(key); found != m_cache.end()) return found->second;
    const auto count = static_cast<int32_t>(values.size());
    const ConstantArray array = makeArray(DataType::Int32, {count}, {values.begin(), values.end()});
    return m_cache[key] = addConstant(name, array, DataType::Int32);
}

void Conversion::emit(OpKind kind, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
                      types::OpOptions options) {
    types::Op op;
    op.kind = kind;
    op.inputs = std::move(inputs);
    op.outputs = std::move(outputs);
    op.options = std::move(options);
    op.origin = static_cast<int32_t>(m_graph.ops.size());
    op.version = analysis::opVersion(m_graph, op);
    m_graph.ops.push_back(std::move(op));
}

/// RESHAPE (without an order) or TRANSPOSE, made once.
int32_t Conversion::copied(OpKind kind, int32_t from, Shape shape, std::vector<int32_t> order) {
    const std::string key =
        keyOf(kind == OpKind::RESHAPE ? "reshape" : "transpose", from, shape, order);
    if (const auto found = m_cache.find(key); found != m_cache.end()) return found->second;
    const std::string name = m_graph.tensor(from).name;
    const bool isReshape = kind == OpKind::RESHAPE;
    const int32_t to = addTensorLike(name + (isReshape ? "/reshaped" : "/transposed"), from, shape);
    std::vector<int32_t> inputs{from};
    if (!isReshape) inputs.push_back(addIntegers("permutation", order));
    // The shape of a scalar is in the options alone: no tensor is empty.
    else if (!shape.empty())
        inputs.push_back(addIntegers("shape", shape));
    types::OpOptions options;
    if (isReshape) options = types::ReshapeOptions{shape};
    emit(kind, std::move(inputs), {to}, std::move(options));
    return m_cache[key] = to;
}

/// Neighbours that stay neighbours are moved as one axis.
int32_t Conversion::rearranged(const View& view, const AxisOrder& order, const Factors& factors) {
    std::vector<size_t> wanted, place(factors.sizes.size());
    for (int32_t axis : order)
        for (size_t factor : factors.ofAxis[static_cast<size_t>(axis)])
            wanted.push_back(factor);
    for (size_t i = 0; i < wanted.size(); ++i)
        place[wanted[i]] = i;
    Shape merged;
    std::vector<std::pair<size_t, int32_t>> runs;  // place of the first factor, position in memory
    for (size_t i = 0; i < factors.memory.size(); ++i) {
        const size_t at = place[factors.memory[i]];
        const bool continues = i > 0 && at == place[factors.memory[i - 1]] + 1;
        if (continues) {
            merged.back() *= factors.sizes[factors.memory[i]];
        } else {
            runs.emplace_back(at, static_cast<int32_t>(merged.size()));
            merged.push_back(factors.sizes[factors.memory[i]]);
        }
    }
    if (merged.size() > static_cast<size_t>(kMaxRank))
        throw Unmappable{{"needs a transpose of more than 6 dimensions",
                          "value '" + m_graph.tensor(view.tensor).name + "'",
                          "export the model with simpler reshapes"}};
    std::sort(runs.begin(), runs.end());
    std::vector<int32_t> permutation;
    for (const auto& run : runs)
        permutation.push_back(run.second);
    int32_t tensor = view.tensor;
    if (m_graph.tensor(tensor).shape != merged)
        tensor = copied(OpKind::RESHAPE, tensor, merged, {});
    tensor = copied(OpKind::TRANSPOSE, tensor, ordered(merged, permutation), permutation);
    const Shape shape = ordered(view.shape, order);
    return m_graph.tensor(tensor).shape == shape ? tensor
                                                 : copied(OpKind::RESHAPE, tensor, shape, {});
}

int32_t Conversion::materialized(const View& view, const AxisOrder& order) {
    const Shape shape = ordered(view.shape, order);
    if (isInOrder(view, order))
        return m_graph.tensor(view.tensor).shape == shape
                   ? view.tensor
                   : copied(OpKind::RESHAPE, view.tensor, shape, {});
    if (view.isPlain() && m_graph.tensor(view.tensor).shape == view.dims) {
        const AxisOrder place = inverseOrder(view.order);
        return copied(OpKind::TRANSPOSE, view.tensor, shape, ordered(place, order));
    }
    if (const auto factors = factorsOf(view)) return rearranged(view, order, *factors);
    // Its axes cut across those in memory: first the value that was reshaped, then the reshape.
    const Shape base = view.base();
    const View whole{view.tensor, view.dims, view.order, base};
    const int32_t rows = materialized(whole, identityOrder(base.size()));
    return materialized(viewOf(rows, view.shape, identityOrder(view.shape.size())), order);
}

std::optional<ActivationScale> Conversion::scaleOf(const View& view) const {
    if (view.tensor < 0) return std::nullopt;
    const types::Tensor& tensor = m_graph.tensor(view.tensor);
    const auto& q = tensor.quantization;
    if (!q.present() || q.perChannel()) return std::nullopt;
    return ActivationScale{q.scale[0], q.firstZeroPoint(), tensor.type};
}

View Conversion::real(const View& view) {
    if (!scaleOf(view)) return view;
    const std::string key = keyOf("real", view.tensor, {}, {});
    auto found = m_cache.find(key);
    if (found == m_cache.end()) {
        const types::Tensor source = m_graph.tensor(view.tensor);
        const int32_t to = addTensor(source.name + "/real", DataType::Float32, source.shape);
        emit(OpKind::DEQUANTIZE, {view.tensor}, {to});
        found = m_cache.emplace(key, to).first;
    }
    View result = view;
    result.tensor = found->second;
    return result;
}

View Conversion::activation(const Node& node, size_t i) {
    const OnnxValue& value = input(node, i);
    if (!value.constant) return value.view;
    const int32_t tensor = addConstant(node.inputs[i], *value.constant, storedType(value.type));
    return viewOf(tensor, value.shape, identityOrder(value.shape.size()));
}

View Conversion::numbers(const Node& node, size_t i) {
    const OnnxValue& value = input(node, i);
    require(value.constant || value.type == DataType::Float32 || !scaleOf(value.view), node,
            "computes with codes as plain numbers");
    return activation(node, i);
}

void Conversion::bindScale(const Node& node, const View& view, const ActivationScale& scale) {
    types::Tensor& tensor = m_graph.tensors[static_cast<size_t>(view.tensor)];
    if (const auto known = scaleOf(view)) {
        require(*known == scale, node,
                "reads codes with another scale or zero point than they were written with");
        return;
    }
    const bool isFree = std::find(m_graph.inputs.begin(), m_graph.inputs.end(), view.tensor) !=
                        m_graph.inputs.end();
    require(isFree && tensor.type != DataType::Float32, node, "reads codes that have no scale");
    for (const types::Op& op : m_graph.ops)
        require(std::find(op.inputs.begin(), op.inputs.end(), view.tensor) == op.inputs.end(), node,
                "reads the codes of a model input that another node reads as plain integers");
    if (tensor.type == DataType::UInt8) note("uint8 codes are int8 codes less 128");
    tensor.type = scale.type;
    tensor.quantization = {{scale.scale}, {scale.zeroPoint}};
}

View Conversion::quantized(const View& view, const ActivationScale& scale,
                           const std::string& name) {
    if (scaleOf(view) == scale) return view;
    View result = view;
    result.tensor = addScaled(name, m_graph.tensor(view.tensor).shape, scale);
    emit(OpKind::QUANTIZE, {view.tensor}, {result.tensor});
    return result;
}

void Conversion::addOutputs() {
    for (const std::string& name : m_network.outputs) {
        const auto found = m_values.find(name);
        if (found == m_values.end())
            throw Unmappable{{"model output '" + name + "' is not converted", "", ""}};
        const OnnxValue& value = found->second;
        View view = value.view;
        if (value.constant)
            throw Unmappable{{"model output '" + name + "' is a constant", "",
                              "export the model with outputs that depend on its inputs"}};
        // A quantized model whose last node is a DequantizeLinear gives floats.
        if (value.type == DataType::Float32) view = real(view);
        int32_t tensor = view.tensor;
        if (!view.isPlain() || m_graph.tensor(tensor).shape != view.dims)
            tensor = view.isPlain() ? materialized(view, view.order) : materialized(view);
        m_graph.outputs.push_back(tensor);
    }
}

}  // namespace onnx

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "analysis/op_version.h"
#include "analysis/real_values.h"
#include "quantize/float_model.h"
#include "quantize/model_edits.h"
#include "quantize/scale_rules.h"

namespace quantize {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Tensor;

namespace {

bool isInteger(DataType type) {
    switch (type) {
        case DataType::Int2:
        case DataType::Int4:
        case DataType::UInt4:
        case DataType::Int8:
        case DataType::UInt8:
        case DataType::Int16:
        case DataType::UInt16:
        case DataType::Int32:
        case DataType::Int64:
            return true;
        default:
            return false;
    }
}

bool isConversion(OpKind kind) {
    return kind == OpKind::QUANTIZE || kind == OpKind::DEQUANTIZE;
}

class Dequantizing {
public:
    explicit Dequantizing(const Graph& graph) : m_edits(graph), m_graph(m_edits.graph()) {
        for (const Tensor& tensor : m_graph.tensors)
            m_model.stored.push_back({tensor.type, tensor.quantization});
        for (int32_t input : m_graph.inputs)
            m_model.inputTypes.push_back(m_graph.tensor(input).type);
        for (int32_t output : m_graph.outputs)
            m_model.outputTypes.push_back(m_graph.tensor(output).type);
    }

    FloatModel run() {
        scaleBiases();
        findIndices();
        removeConversions();
        for (int32_t t = 0; t < static_cast<int32_t>(m_graph.tensors.size()); ++t)
            if (isQuantized(t)) convert(t);
        for (Op& op : m_graph.ops)
            adapt(op);
        m_model.graph = m_edits.finish();
        return std::move(m_model);
    }

private:
    /// Some converters omit the scale of biases; it is that of the products.
    void scaleBiases() {
        for (size_t op = 0; op < m_graph.ops.size(); ++op) {
            const auto roles = weightRoles(m_graph, op);
            if (!roles || m_graph.ops[op].input(roles->bias) < 0) continue;
            const auto& input = quantizationOf(m_graph.ops[op].input(roles->input));
            const auto& weights = quantizationOf(m_graph.ops[op].input(roles->weights));
            auto& bias = tensor(m_graph.ops[op].input(roles->bias));
            if (bias.quantization.present() || !isInteger(bias.type) || !input.present()) continue;
            for (float scale : weights.scale)
                bias.quantization.scale.push_back(scale * input.scale[0]);
        }
    }

    /// Marks outputs that are indices or plain codes, even where the file gives them a scale.
    void findIndices() {
        for (const Op& op : m_graph.ops)
            if (op.kind == OpKind::ARG_MAX || op.kind == OpKind::ARG_MIN ||
                op.kind == OpKind::SHAPE || op.kind == OpKind::CAST)
                m_indices.insert(op.outputs.begin(), op.outputs.end());
    }

    bool isQuantized(int32_t t) const {
        const Tensor& tensor = m_graph.tensor(t);
        return isInteger(tensor.type) && tensor.quantization.present() && !tensor.isSparse &&
               !m_indices.contains(t);
    }
    bool isNumber(int32_t t) const {
        if (t < 0) return false;
        return m_graph.tensor(t).type == DataType::Float32 || isQuantized(t);
    }

    void removeConversions() {
        std::vector<Op> kept;
        for (Op& op : m_graph.ops) {
            for (int32_t& input : op.inputs)
                input = survivor(input);
            if (isConversion(op.kind) && isNumber(op.input(0)) && isNumber(op.output(0)))
                joinTensors(kept, op.inputs[0], op.outputs[0]);
            else
                kept.push_back(std::move(op));
        }
        m_graph.ops = std::move(kept);
        for (int32_t& output : m_graph.outputs)
            output = survivor(output);
    }

    /// The model's outputs keep their index (signatures of the file refer to it); else the input's
    /// index stays.
    void joinTensors(std::vector<Op>& before, int32_t from, int32_t to) {
        const bool isOutput = std::ranges::count(m_graph.outputs, to) > 0;
        const bool mayRename = std::ranges::count(m_graph.inputs, from) == 0 &&
                               std::ranges::count(m_graph.outputs, from) == 0 &&
                               !m_graph.isConstant(from) && !m_graph.tensor(from).isVariable;
        const int32_t stays = isOutput && mayRename ? to : from, goes = stays == to ? from : to;
        m_survivors[goes] = stays;
        for (Op& op : before) {
            std::ranges::replace(op.inputs, goes, stays);
            std::ranges::replace(op.outputs, goes, stays);
        }
        StoredAs& stored = m_model.stored[static_cast<size_t>(stays)];
        if (!stored.quantized()) stored = m_model.stored[static_cast<size_t>(goes)];
    }

    int32_t survivor(int32_t t) const {
        for (auto next = m_survivors.find(t); next != m_survivors.end(); next = m_survivors.find(t))
            t = next->second;
        return t;
    }

    void convert(int32_t t) {
        Tensor changed = m_graph.tensor(t);
        const types::Bytes& data = m_graph.constantData(t);
        changed.type = DataType::Float32;
        changed.quantization = {};
        changed.carried = nullptr;
        if (data.empty()) {
            tensor(t) = std::move(changed);
            return;
        }
        const auto values = analysis::dequantize(m_graph.tensor(t), data.view());
        m_edits.setConstant(t, changed, types::Bytes(analysis::encode(changed, values)));
    }

    /// The intermediate tensors hold scales inside an integer LSTM.
    void adapt(Op& op) {
        const int32_t output = op.output(0);
        if (output < 0 || m_graph.tensor(output).type != DataType::Float32) return;
        op.intermediates.clear();
        op.version = analysis::opVersion(m_graph, op);
    }

    Tensor& tensor(int32_t t) { return m_graph.tensors[static_cast<size_t>(t)]; }
    const types::Quantization& quantizationOf(int32_t t) { return tensor(t).quantization; }

    ModelEdits m_edits;
    Graph& m_graph;
    FloatModel m_model;
    std::set<int32_t> m_indices;
    std::map<int32_t, int32_t> m_survivors;
};

}  // namespace

FloatModel toFloat(const Graph& graph) {
    return Dequantizing(graph).run();
}

}  // namespace quantize

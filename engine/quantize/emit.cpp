// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/emit.h"

#include <algorithm>

#include "analysis/op_version.h"
#include "analysis/real_values.h"
#include "quantize/model_edits.h"

namespace quantize {

using types::Bytes;
using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Quantization;
using types::Tensor;

namespace {

/// With 16-bit activations the bias has 64 bits, and the kernels assume this also for a missing
/// bias.
void setBiasWidth(Op& op) {
    if (auto* window = std::get_if<types::WindowOptions>(&op.options))
        window->quantizedBiasType = DataType::Float32;
    if (auto* dense = std::get_if<types::FullyConnectedOptions>(&op.options)) {
        dense->quantizedBiasType = DataType::Float32;
        dense->asymmetricQuantizeInputs = false;
    }
}

/// Allows scales of 16-bit sums that are not powers of two.
void setFreeScales(Op& op) {
    if (op.kind != OpKind::ADD && op.kind != OpKind::SUB) return;
    if (auto* options = std::get_if<types::ArithmeticOptions>(&op.options))
        options->potScaleInt16 = false;
}

/// Operators are written in the order of the float model, which is one of its data flow. So when an
/// operator reads a variant, the home that it is derived from has been written by an operator
/// further up (or is a model input), and read() need only write the conversions in between, at once
/// and in front of the reader. m_written makes each of them once. A variant is at most three
/// conversions away from its home (over int8, to the type, to a shared scale), so the recursion is
/// that deep.
///
/// A tensor of the model keeps its index in one variant: its home, or the variant that a model
/// output wants; the others are added behind. Everything else is linear in the operands, but for
/// searches among the few variants and copies of one tensor.
class Emission {
public:
    explicit Emission(const Plan& plan)
        : m_plan(plan), m_source(plan.model.graph), m_edits(m_source), m_graph(m_edits.graph()) {}

    Emitted run() {
        const std::vector<Op> ops = std::move(m_graph.ops);
        m_graph.ops.clear();
        placeVariants();
        for (size_t op = 0; op < ops.size(); ++op)
            emitOp(ops[op], op);
        for (size_t i = 0; i < m_graph.outputs.size(); ++i) {
            const int32_t variant = m_plan.variants.outputs()[i];
            if (variant >= 0) m_graph.outputs[i] = read(variant);
        }
        for (Op& op : m_graph.ops)
            op.version = analysis::opVersion(m_graph, op);
        m_result.graph = m_edits.finish();
        return std::move(m_result);
    }

private:
    /// Homes keep the index of their tensor, except where the model outputs another variant.
    void placeVariants() {
        const auto& variants = m_plan.variants.all();
        m_tensors.assign(variants.size(), -1);
        m_written.assign(variants.size(), false);
        for (int32_t output : m_plan.variants.outputs())
            if (output >= 0 && takesIndexOfHome(output))
                m_tensors[static_cast<size_t>(output)] = m_plan.variants.variant(output).tensor;
        for (size_t i = 0; i < variants.size(); ++i) {
            const bool isHome = variants[i].from < 0 && !variants[i].constant;
            if (!isHome) continue;
            const bool taken = std::ranges::count(m_tensors, variants[i].tensor) > 0;
            m_tensors[i] = taken ? addVariant(variants[i]) : variants[i].tensor;
            m_written[i] = true;
        }
        for (size_t i = 0; i < variants.size(); ++i)
            if (m_tensors[i] >= 0) setType(static_cast<int32_t>(i));
    }

    bool takesIndexOfHome(int32_t variant) const {
        const int32_t tensor = m_plan.variants.variant(variant).tensor;
        return m_plan.variants.variant(variant).from >= 0 &&
               std::ranges::count(m_source.inputs, tensor) == 0 &&
               std::ranges::count(m_source.outputs, tensor) == 1;
    }

    int32_t addVariant(const TensorVariant& variant) {
        const Tensor& like = m_source.tensor(variant.tensor);
        return m_edits.addTensor(like, variant.type,
                                 like.name + "/" + types::dataTypeName(variant.type));
    }

    void setType(int32_t variant) {
        Tensor& tensor = m_graph.tensors[static_cast<size_t>(tensorOf(variant))];
        tensor.type = m_plan.variants.variant(variant).type;
        tensor.quantization = m_plan.scales[static_cast<size_t>(variant)];
    }

    int32_t tensorOf(int32_t variant) const { return m_tensors[static_cast<size_t>(variant)]; }

    /// Returns the tensor of a variant; at its first use, inserts the conversion.
    int32_t read(int32_t index) {
        const TensorVariant& variant = m_plan.variants.variant(index);
        if (variant.constant) return constantIn(variant.tensor, variant.type, scaleOf(index), {});
        if (m_written[static_cast<size_t>(index)]) return tensorOf(index);
        const int32_t from = read(variant.from);
        if (tensorOf(index) < 0) m_tensors[static_cast<size_t>(index)] = addVariant(variant);
        setType(index);
        Op& op = m_graph.ops.emplace_back();
        op.kind = variant.type == DataType::Float32 ? OpKind::DEQUANTIZE : OpKind::QUANTIZE;
        op.inputs = {from};
        op.outputs = {tensorOf(index)};
        m_written[static_cast<size_t>(index)] = true;
        ++m_result.conversions;
        return tensorOf(index);
    }

    const Quantization& scaleOf(int32_t variant) const {
        return m_plan.scales[static_cast<size_t>(variant)];
    }

    void emitOp(const Op& source, size_t index) {
        Op op = source;
        const auto& variants = m_plan.variants.operands(index);
        for (size_t i = 0; i < op.inputs.size(); ++i)
            if (variants[i] >= 0) op.inputs[i] = read(variants[i]);
        for (int32_t& output : op.outputs)
            if (m_plan.model.isReal(output)) output = tensorOf(m_plan.variants.home(output));
        if (const auto layer = m_plan.layers.find(index); layer != m_plan.layers.end())
            setWeights(op, layer->second);
        setBiasWidth(op);
        setFreeScales(op);
        m_result.ops.push_back(m_graph.ops.size());
        m_graph.ops.push_back(std::move(op));
    }

    void setWeights(Op& op, const LayerCodes& layer) {
        Quantization weights;
        weights.scale = layer.scales;
        weights.zeroPoint.assign(layer.scales.size(), 0);
        Quantization bias = weights;
        weights.axis = weights.perChannel() ? layer.roles.channelAxis : 0;
        for (float& scale : bias.scale)
            scale *= layer.inputScale;
        int32_t& filter = op.inputs[layer.roles.weights];
        filter = constantIn(filter, layer.weightType, weights, layer.rounded());
        if (layer.bias.empty()) return;
        int32_t& offsets = op.inputs[layer.roles.bias];
        offsets = constantIn(offsets, layer.biasType, bias, layer.bias);
    }

    /// Returns a constant in a variant; users of the same variant share it. Empty `values`: those
    /// of the source.
    int32_t constantIn(int32_t source, DataType type, const Quantization& quantization,
                       std::vector<float> values) {
        const Tensor& original = m_source.tensor(source);
        if (values.empty())
            values = analysis::dequantize(original, m_source.constantData(source).view());
        Tensor changed = original;
        changed.type = type;
        changed.quantization = quantization;
        changed.carried = nullptr;
        Bytes data(analysis::encode(changed, values));
        for (int32_t made : m_copies[source])
            if (isSame(made, changed, data)) return made;
        const bool inPlace = m_copies[source].empty() && usesOf(source) == 1;
        const int32_t place =
            inPlace ? source
                    : m_edits.addTensor(original, type,
                                        original.name + "/" + types::dataTypeName(type));
        if (!inPlace) changed.name = m_graph.tensor(place).name;
        m_edits.setConstant(place, std::move(changed), std::move(data));
        m_copies[source].push_back(place);
        return place;
    }

    bool isSame(int32_t made, const Tensor& wanted, const Bytes& data) const {
        const Tensor& tensor = m_graph.tensor(made);
        return tensor.type == wanted.type &&
               tensor.quantization.scale == wanted.quantization.scale &&
               tensor.quantization.zeroPoint == wanted.quantization.zeroPoint &&
               std::ranges::equal(m_graph.constantData(made).view(), data.view());
    }

    int64_t usesOf(int32_t tensor) const {
        int64_t uses = std::ranges::count(m_source.outputs, tensor);
        for (const Op& op : m_source.ops)
            uses += std::ranges::count(op.inputs, tensor);
        return uses;
    }

    const Plan& m_plan;
    const Graph& m_source;
    ModelEdits m_edits;
    Graph& m_graph;
    std::vector<int32_t> m_tensors;                    ///< per variant; -1: not made yet
    std::vector<bool> m_written;                       ///< per variant
    std::map<int32_t, std::vector<int32_t>> m_copies;  ///< per source constant
    Emitted m_result;
};

}  // namespace

Emitted emit(const Plan& plan) {
    return Emission(plan).run();
}

}  // namespace quantize

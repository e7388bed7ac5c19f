// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/tensor_variants.h"

#include <algorithm>

#include "quantize/scale_rules.h"

namespace quantize {

using types::DataType;
using types::Precision;
using types::Quantization;

namespace {

bool sameScale(const Quantization& a, const Quantization& b) {
    return a.scale == b.scale && a.zeroPoint == b.zeroPoint;
}

}  // namespace

DataType activationType(Precision precision) {
    switch (precision) {
        case Precision::Int8:
        case Precision::Int8W4:
            return DataType::Int8;
        case Precision::Int16x8:
            return DataType::Int16;
        default:
            return DataType::Float32;
    }
}

// One pass in the order of the data flow: the home of an operand is there before its readers.
//
// Scales are shared in classes (union-find, with paths halved). No class ever has two prescribed
// scales: one is prescribed only when a home is made, before anything is tied to it; share() ties
// an operand that has one only where all operands have the same, else it ties a converted copy,
// which has none; and what an operator of that kind writes has none either.
TensorVariants::TensorVariants(const FloatModel& model, const std::vector<Precision>& precisions,
                               const InterfaceTypes& interface)
    : m_model(model), m_homes(model.graph.tensors.size(), -1) {
    for (Precision precision : precisions)
        m_types.push_back(activationType(precision));
    placeInputs(interface);
    for (size_t op = 0; op < m_types.size(); ++op)
        placeOp(op, m_types[op]);
    placeOutputs(interface);
}

int32_t TensorVariants::add(TensorVariant variant) {
    const auto index = static_cast<int32_t>(m_variants.size());
    m_variants.push_back(variant);
    m_parents.push_back(index);
    return index;
}

/// Returns an activation in a requested type. Unsigned types convert from and to int8 only; int8
/// itself is derived from the home, so this function calls itself at most once.
int32_t TensorVariants::derive(int32_t tensor, DataType type) {
    const int32_t home = m_homes[static_cast<size_t>(tensor)];
    if (variant(home).type == type) return home;
    const auto known = m_derived.find({tensor, type});
    if (known != m_derived.end()) return known->second;
    const DataType written = variant(home).type;
    const bool viaInt8 = (type == DataType::UInt8 && written != DataType::Int8) ||
                         (written == DataType::UInt8 && type != DataType::Int8);
    const int32_t from = viaInt8 ? derive(tensor, DataType::Int8) : home;
    return m_derived[{tensor, type}] = add({tensor, type, from, false});
}

std::optional<DataType> TensorVariants::typeOfFirstUser(int32_t tensor) const {
    const auto& ops = m_model.graph.ops;
    for (size_t op = 0; op < ops.size(); ++op)
        if (std::ranges::count(ops[op].inputs, tensor) > 0) return m_types[op];
    return std::nullopt;
}

void TensorVariants::placeInputs(const InterfaceTypes& interface) {
    for (size_t i = 0; i < m_model.graph.inputs.size(); ++i) {
        const int32_t tensor = m_model.graph.inputs[i];
        if (!m_model.isReal(tensor)) continue;
        const auto user = typeOfFirstUser(tensor);
        const DataType type = interface.inputs[i].value_or(user.value_or(DataType::Float32));
        m_homes[static_cast<size_t>(tensor)] = add({tensor, type, -1, false});
    }
}

int32_t TensorVariants::operandVariant(size_t op, size_t operand, DataType type) {
    const int32_t tensor = m_model.graph.ops[op].inputs[operand];
    if (!m_model.isReal(tensor) || m_model.graph.tensor(tensor).isVariable) return -1;
    const auto roles = weightRoles(m_model.graph, op);
    if (roles && (operand == roles->weights || operand == roles->bias)) return -1;
    if (m_model.graph.isConstant(tensor)) return isCode(type) ? add({tensor, type, -1, true}) : -1;
    return derive(tensor, type);
}

void TensorVariants::placeOp(size_t op, DataType type) {
    const types::Op& layer = m_model.graph.ops[op];
    auto& operands = m_operands.emplace_back();
    for (size_t i = 0; i < layer.inputs.size(); ++i)
        operands.push_back(operandVariant(op, i, type));
    const ScaleRule rule = scaleRule(layer.kind);
    for (int32_t output : layer.outputs) {
        if (!m_model.isReal(output)) continue;
        const int32_t home = add({output, type, -1, false});
        m_homes[static_cast<size_t>(output)] = home;
        if (rule == ScaleRule::Fixed && isCode(type)) m_fixed[home] = fixedOutput(layer.kind, type);
    }
    if (rule == ScaleRule::Shared && isCode(type)) share(op);
}

/// Unites the scales of everything that operator `op` reads and writes. Operands with a fixed scale
/// are first converted to the common one, unless all have the same.
void TensorVariants::share(size_t op) {
    auto& operands = m_operands[op];
    const bool alike = haveOneScale(operands);
    std::vector<int32_t> members;
    for (int32_t& operand : operands) {
        if (operand < 0) continue;
        if (!alike && fixedScale(operand))
            operand = add({variant(operand).tensor, variant(operand).type, operand, false});
        members.push_back(operand);
    }
    for (int32_t output : m_model.graph.ops[op].outputs)
        if (m_model.isReal(output)) members.push_back(home(output));
    for (int32_t member : members)
        tie(members.front(), member);
}

/// True where all have the same fixed scale, or none has one.
bool TensorVariants::haveOneScale(const std::vector<int32_t>& variants) const {
    std::vector<std::optional<Quantization>> scales;
    for (int32_t variant : variants)
        if (variant >= 0) scales.push_back(fixedScale(variant));
    return std::ranges::all_of(scales, [&](const auto& scale) {
        return scale.has_value() == scales[0].has_value() &&
               (!scale || sameScale(*scale, *scales[0]));
    });
}

void TensorVariants::placeOutputs(const InterfaceTypes& interface) {
    const auto& outputs = m_model.graph.outputs;
    for (size_t i = 0; i < outputs.size(); ++i) {
        const bool real = m_model.isActivation(outputs[i]) && home(outputs[i]) >= 0;
        if (!real) {
            m_outputs.push_back(-1);
            continue;
        }
        const DataType wanted = interface.outputs[i].value_or(variant(home(outputs[i])).type);
        m_outputs.push_back(derive(outputs[i], wanted));
    }
}

int32_t TensorVariants::scaleClass(int32_t variant) const {
    while (m_parents[static_cast<size_t>(variant)] != variant)
        variant = m_parents[static_cast<size_t>(variant)] =
            m_parents[static_cast<size_t>(m_parents[static_cast<size_t>(variant)])];
    return variant;
}

std::optional<Quantization> TensorVariants::fixedScale(int32_t variant) const {
    const auto found = m_fixed.find(scaleClass(variant));
    if (found == m_fixed.end()) return std::nullopt;
    return found->second;
}

void TensorVariants::tie(int32_t a, int32_t b) {
    const int32_t first = scaleClass(a), second = scaleClass(b);
    if (first == second) return;
    if (const auto fixed = fixedScale(second)) m_fixed[first] = *fixed;
    m_fixed.erase(second);
    m_parents[static_cast<size_t>(second)] = first;
}

}  // namespace quantize

// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/precision_plan.h"

#include <algorithm>

#include "quantize/scale_rules.h"
#include "types/knob_domain.h"

namespace quantize {

using types::DataType;
using types::Precision;

namespace {

bool isInterfaceType(DataType type) {
    return types::isLegal(type, types::kPortTypeWords);
}

/// First operand with real values that is not a constant; -1 where there is none.
int32_t firstActivation(const FloatModel& model, const types::Op& op) {
    const auto found =
        std::ranges::find_if(op.inputs, [&](int32_t input) { return model.isActivation(input); });
    return found == op.inputs.end() ? -1 : *found;
}

Precision storedPrecision(const FloatModel& model, size_t index) {
    const types::Op& op = model.graph.ops[index];
    const int32_t input = firstActivation(model, op);
    if (input < 0) return Precision::Float32;
    const StoredAs& stored = model.stored[static_cast<size_t>(input)];
    // A hybrid layer has float activations; a layer that reads the model's float input may still
    // have been quantized. In both cases the weights decide.
    const auto roles = weightRoles(model.graph, index);
    const StoredAs* weights =
        roles ? &model.stored[static_cast<size_t>(op.inputs[roles->weights])] : nullptr;
    if (!stored.quantized() || (weights != nullptr && !weights->quantized()))
        return Precision::Float32;
    if (stored.type == DataType::Int16) return Precision::Int16x8;
    const bool fourBits = weights != nullptr && weights->type == DataType::Int4;
    return fourBits ? Precision::Int8W4 : Precision::Int8;
}

/// The precision set by a layer's own knob; AsStored where it has none.
Precision ownKnob(const types::Variation& variation, const types::Op& op) {
    const auto layer = variation.layers.find(op.origin);
    if (op.origin < 0 || layer == variation.layers.end()) return Precision::AsStored;
    return layer->second.precision.value_or(Precision::AsStored);
}

bool hasKnob(const types::Variation& variation, const types::Op& op) {
    const auto layer = variation.layers.find(op.origin);
    return op.origin >= 0 && layer != variation.layers.end() && layer->second.precision;
}

}  // namespace

PrecisionPlan planPrecisions(const FloatModel& model, const types::Variation& variation) {
    PrecisionPlan plan;
    std::vector<int32_t> writer(model.graph.tensors.size(), -1);
    for (size_t i = 0; i < model.graph.ops.size(); ++i) {
        const types::Op& op = model.graph.ops[i];
        OpPrecision& planned = plan.emplace_back();
        const bool own = hasKnob(variation, op);
        planned.precision = own ? ownKnob(variation, op) : variation.quantize.precision;
        // Nobody chose (engine/mix_precisions.h).
        if (planned.precision == Precision::Auto) planned.precision = Precision::Int8;
        const ScaleRule rule = scaleRule(op.kind);
        const int32_t input = firstActivation(model, op);
        const int32_t source = input < 0 ? -1 : writer[static_cast<size_t>(input)];
        if (planned.precision == Precision::AsStored) {
            planned.asStored = true;
            planned.precision = storedPrecision(model, i);
        }
        if (rule == ScaleRule::Shared && !own && source >= 0)
            planned.precision = plan[static_cast<size_t>(source)].precision;
        if (planned.precision != Precision::Float32 && (rule == ScaleRule::None || input < 0)) {
            if (input >= 0) planned.lowered = op.name() + " has no integer form here";
            planned.precision = Precision::Float32;
        }
        for (int32_t output : op.outputs)
            if (output >= 0) writer[static_cast<size_t>(output)] = static_cast<int32_t>(i);
    }
    return plan;
}

bool lower(OpPrecision& op, const std::string& why) {
    if (op.precision == Precision::Float32) return false;
    op.precision = op.precision == Precision::Int8W4 ? Precision::Int8 : Precision::Float32;
    op.lowered = why;
    return true;
}

types::Result<InterfaceTypes> interfaceTypes(const FloatModel& model,
                                             const types::QuantizeKnobs& knobs) {
    for (const auto& wanted : {knobs.inputType, knobs.outputType})
        if (wanted && !isInterfaceType(*wanted))
            return types::fail(
                "a model's input or output cannot be " + types::dataTypeName(*wanted),
                model.graph.name, "choose " + types::listOf(types::kPortTypeWords));
    const auto choose = [&](const std::optional<DataType>& wanted, DataType stored) {
        const bool keeps = knobs.precision == Precision::AsStored && isInterfaceType(stored);
        return !wanted && keeps ? std::optional(stored) : wanted;
    };
    InterfaceTypes result;
    for (DataType stored : model.inputTypes)
        result.inputs.push_back(choose(knobs.inputType, stored));
    for (DataType stored : model.outputTypes)
        result.outputs.push_back(choose(knobs.outputType, stored));
    return result;
}

}  // namespace quantize

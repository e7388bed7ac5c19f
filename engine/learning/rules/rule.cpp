// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/rule.h"

#include <algorithm>

namespace learning {
namespace {

std::vector<const Slot*> slotsOf(const std::vector<Slot>& slots,
                                 const std::vector<int32_t>& tensors) {
    std::vector<const Slot*> result;
    for (int32_t tensor : tensors)
        result.push_back(tensor >= 0 ? &slots[static_cast<size_t>(tensor)] : nullptr);
    return result;
}

/// Rules compute floats; indices and shapes are constants that they read when built.
bool hasFloatData(const types::Graph& graph, const types::Op& op) {
    const auto isFloat = [&](int32_t tensor) {
        return tensor < 0 || graph.isConstant(tensor) ||
               graph.tensor(tensor).type == types::DataType::Float32;
    };
    return std::ranges::all_of(op.inputs, isFloat) && std::ranges::all_of(op.outputs, isFloat) &&
           !op.outputs.empty();
}

}  // namespace

Rule::Rule(const RuleContext& context)
    : m_in(slotsOf(context.slots, context.operation().inputs)),
      m_out(slotsOf(context.slots, context.operation().outputs)),
      m_adds(m_in.size(), true),
      m_chunk(context.chunk) {}

RulePtr makeRule(const RuleContext& context) {
    if (!hasFloatData(context.graph, context.operation())) return nullptr;
    if (activationOf(context.operation().options) == types::Activation::SignBit) return nullptr;
    using Make = RulePtr (*)(const RuleContext&);
    constexpr Make kFamilies[] = {makeConvolution,   makeDepthwise,     makeTransposedConvolution,
                                  makePool,          makeBinary,        makeUnary,
                                  makeReduction,     makeNormalization, makeResize,
                                  makeMatrixProduct, makeSvdf,          makeLstm,
                                  makeMovement};
    for (Make make : kFamilies)
        if (RulePtr rule = make(context)) return rule;
    return nullptr;
}

}  // namespace learning

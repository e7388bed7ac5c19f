// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"

#include <algorithm>
#include <string_view>

#include "analysis/fold_constants.h"
#include "analysis/shapes.h"
#include "lowering/model.h"
#include "lowering/pack/pack_cortex_m.h"

namespace lowering {
namespace {

using types::OpKind;

using Prepare = OpPlan (*)(const OpView&);

struct Row {
    OpKind kind;
    Prepare prepare;
};

constexpr Row kRows[] = {
#define NETCALIPER_ROW(kind, prepare) {OpKind::kind, prepare},
    NETCALIPER_PREPARES(NETCALIPER_ROW)
#undef NETCALIPER_ROW
};

Prepare prepareFor(OpKind kind) {
    for (const Row& row : kRows)
        if (row.kind == kind) return row.prepare;
    return nullptr;
}

// Data that no kernel could read as plain elements.
void requirePlain(const OpView& op, const types::Tensor& tensor) {
    op.require(!tensor.isSparse, "with sparse or compressed data has no kernel");
    op.require(tensor.externalBuffer == 0, "has data in another file (external buffer)");
    op.require(!tensor.blockScales, "has an operand with scales in blocks, which no kernel reads");
}

void requirePlainOperands(const OpView& op) {
    constexpr size_t kMaxOperands = 10000;  // a Program counts them in 16 bits
    op.require(op.inputCount() < kMaxOperands && op.outputCount() < kMaxOperands,
               "has more than 10,000 operands");
    for (int32_t index : op.inputs())
        if (index >= 0) requirePlain(op, op.graph().tensor(index));
}

/// What a vendor's compiler leaves of a model: one custom operator whose constants are code.
bool isCompiled(const types::Op& op) {
    constexpr std::string_view kNames[] = {"ethos-u", "DISPATCH_OP", "edgetpu-custom-op"};
    return op.kind == OpKind::CUSTOM &&
           std::find(std::begin(kNames), std::end(kNames), op.customCode) != std::end(kNames);
}

types::Error unsupported(const types::Graph& graph, size_t index) {
    const types::Op& op = graph.ops[index];
    const std::string where = types::opLabel(graph, index);
    if (isCompiled(op))
        return {op.name() + " is already compiled for an NPU", where,
                "open the model that was compiled"};
    const char* remedy = "the model can be inspected, not run";
    if (op.kind == OpKind::STABLEHLO_COMPOSITE) remedy = "inline it: --inline-composites";
    if (op.kind == OpKind::SELECT) remedy = "make it SELECT_V2: --select-v2";
    return {op.name() + " is not supported by this runtime", where, remedy};
}

}  // namespace

bool hasPrepare(OpKind kind) {
    return prepareFor(kind) != nullptr;
}

types::Result<OpPlan> planOp(const types::Graph& graph, size_t index, types::Isa isa) {
    Model model(graph, isa);
    return planOp(model, 0, index);
}

types::Result<OpPlan> planOp(Model& model, size_t subgraph, size_t index) {
    const types::Graph& graph = model.graph(subgraph);
    const types::Op& op = graph.ops[index];
    const Prepare prepare = prepareFor(op.kind);
    if (analysis::isFolded(graph, op)) return OpPlan();
    if (prepare == nullptr) return tl::unexpected(unsupported(graph, index));
    try {
        const OpView view(model, subgraph, index);
        requirePlainOperands(view);
        if (analysis::mayHavePlaceholders(graph, op))
            view.require(analysis::shapesAgree(graph, op),
                         "has shapes that only a runtime which resizes models knows");
        OpPlan plan = prepare(view);
        if (plan.inputs.empty() && !plan.variable) plan.inputs = op.inputs;
        packForIsa(view, model.isa(), plan);
        return plan;
    } catch (const Refusal& refusal) {
        return types::fail(op.name() + " " + refusal.why, types::opLabel(graph, index),
                           "the model can be inspected, not run");
    }
}

}  // namespace lowering

// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/prepare.h"

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
void requirePlainOperands(const OpView& op) {
    constexpr size_t kMaxOperands = 10000;  // a Program counts them in 16 bits
    op.require(op.inputCount() < kMaxOperands && op.outputCount() < kMaxOperands,
               "has more than 10,000 operands");
    for (int32_t index : op.inputs())
        if (index >= 0)
            op.require(!op.graph().tensor(index).isSparse, "with sparse data has no kernel");
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
    if (prepare == nullptr)
        return types::fail(op.name() + " is not supported by this runtime",
                           types::opLabel(graph, index), "the model can be inspected, not run");
    try {
        const OpView view(model, subgraph, index);
        requirePlainOperands(view);
        OpPlan plan = prepare(view);
        if (plan.inputs.empty() && !plan.state) plan.inputs = op.inputs;
        packForIsa(view, model.isa(), plan);
        return plan;
    } catch (const Refusal& refusal) {
        return types::fail(op.name() + " " + refusal.why, types::opLabel(graph, index),
                           "the model can be inspected, not run");
    }
}

}  // namespace lowering

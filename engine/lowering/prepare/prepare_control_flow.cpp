// SPDX-License-Identifier: GPL-3.0-or-later
// CALL_ONCE, IF, WHILE and resource variables.
#include <algorithm>

#include "lowering/model.h"
#include "lowering/prepare/prepare.h"
#include "runtime/kernels/control_flow.h"

namespace lowering {
namespace {

using runtime::ControlFlowParams;
using runtime::KernelId;
using types::DataType;
using types::Graph;
using types::SubgraphOptions;
using types::Tensor;

/// A subgraph that the operator calls; refuses one that cannot run.
const Graph& calledGraph(const OpView& op, int32_t index) {
    const auto& plan = op.model().block(index);
    if (!plan) op.refuse("calls " + plan.error().where + ", which " + plan.error().what);
    return op.model().graph(static_cast<size_t>(index));
}

/// Bytes are copied between the operator's tensors, from `first` on, and the subgraph's.
void requireSameTensors(const OpView& op, const std::vector<int32_t>& tensors, size_t first,
                        const Graph& called, const std::vector<int32_t>& ports, const char* role) {
    op.require(tensors.size() == ports.size() + first,
               std::string("calls a subgraph with another number of ") + role);
    for (size_t i = 0; i < ports.size(); ++i) {
        op.require(tensors[i + first] >= 0, std::string("lacks one of its ") + role);
        const Tensor &own = op.graph().tensor(tensors[i + first]), &port = called.tensor(ports[i]);
        op.require(own.type == port.type && own.bytes() == port.bytes(),
                   std::string("calls a subgraph whose ") + role + " have other types or sizes");
    }
}

void requireArguments(const OpView& op, size_t first, const Graph& called) {
    requireSameTensors(op, op.inputs(), first, called, called.inputs, "inputs");
    for (int32_t input : called.inputs)
        op.require(!called.isConstant(input), "calls a subgraph with a constant as input");
}

OpPlan planCall(const OpView& op, KernelId kernel, std::vector<int32_t> blocks) {
    ParamBlock<ControlFlowParams> params;
    params->first = static_cast<uint32_t>(blocks.front());
    params->second = static_cast<uint32_t>(blocks.back());
    OpPlan plan{kernel, params.bytes(), {}, op.inputs()};
    int64_t region = 0;
    for (int32_t block : blocks)
        region = std::max(region, op.model().block(block)->memory.arenaBytes);
    if (region > 0) plan.scratch.push_back(region);
    plan.blocks = std::move(blocks);
    return plan;
}

/// A copy between a tensor and the variable behind the operator's handle.
OpPlan planVariable(const OpView& op, KernelId kernel, const Tensor& value) {
    ParamBlock<runtime::VariableParams> params;
    const int32_t variable = op.variableBehind(0);
    op.require(variable >= 0, "has a handle that no VAR_HANDLE gives");
    const auto& known = op.model().variables().all()[static_cast<size_t>(variable)];
    op.require(value.bytes() == known.bytes() && types::bitsOf(value.type) > 0,
               "copies " + std::to_string(value.bytes()) + " bytes, the variable '" + known.name +
                   "' has " + std::to_string(known.bytes()));
    params->bytes = static_cast<uint32_t>(value.bytes());
    OpPlan plan{kernel, params.bytes(), {}, {}};
    plan.variable = variable;
    return plan;
}

}  // namespace

OpPlan prepareCallOnce(const OpView& op) {
    const int32_t block = op.options<SubgraphOptions>().first;
    op.require(calledGraph(op, block).inputs.empty() && op.inputCount() == 0,
               "calls a subgraph with inputs");
    OpPlan plan = planCall(op, KernelId::CallOnce, {block});
    plan.ownState = 1;
    return plan;
}

OpPlan prepareIf(const OpView& op) {
    const auto& o = op.options<SubgraphOptions>();
    op.requireType(op.input(0), DataType::Bool, "condition");
    op.require(op.input(0).elements() == 1, "needs a condition of one element");
    for (int32_t block : {o.first, o.second}) {
        const Graph& called = calledGraph(op, block);
        requireArguments(op, 1, called);
        requireSameTensors(op, op.outputs(), 0, called, called.outputs, "outputs");
    }
    return planCall(op, KernelId::IfElse, {o.first, o.second});
}

OpPlan prepareWhile(const OpView& op) {
    const auto& o = op.options<SubgraphOptions>();
    const Graph &condition = calledGraph(op, o.first), &body = calledGraph(op, o.second);
    requireArguments(op, 0, condition);
    requireArguments(op, 0, body);
    requireSameTensors(op, op.outputs(), 0, body, body.outputs, "outputs");
    requireSameTensors(op, op.outputs(), 0, body, body.inputs, "outputs");
    op.require(condition.outputs.size() == 1 &&
                   condition.tensor(condition.outputs[0]).type == DataType::Bool &&
                   condition.tensor(condition.outputs[0]).elements() > 0,
               "needs a condition of type bool");
    return planCall(op, KernelId::WhileLoop, {o.first, o.second});
}

// The variable behind a handle is known before the run, so handles take no memory.
OpPlan prepareVarHandle(const OpView& op) {
    op.require(op.output().type == DataType::Resource, "needs an output of type resource");
    return {KernelId::Copy, {}, {}, {-1}};
}

OpPlan prepareReadVariable(const OpView& op) {
    return planVariable(op, KernelId::ReadVariable, op.output());
}

OpPlan prepareAssignVariable(const OpView& op) {
    OpPlan plan = planVariable(op, KernelId::AssignVariable, op.input(1));
    plan.inputs = {op.inputs()[1]};
    return plan;
}

}  // namespace lowering

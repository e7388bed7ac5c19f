// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/resource_variables.h"

#include <algorithm>
#include <set>

namespace analysis {

using types::Op;
using types::OpKind;

namespace {

constexpr int32_t kAmbiguous = -1;  ///< a parameter that callers give different handles
const types::Subgraph kEmpty{};

}  // namespace

std::vector<int32_t> calledSubgraphs(const Op& op) {
    const auto* o = std::get_if<types::SubgraphOptions>(&op.options);
    if (o == nullptr) return {};
    if (op.kind == OpKind::CALL_ONCE || op.kind == OpKind::STABLEHLO_COMPOSITE) return {o->first};
    if (op.kind == OpKind::IF || op.kind == OpKind::WHILE) return {o->first, o->second};
    return {};
}

ResourceVariables::ResourceVariables(const types::Graph& model) {
    m_views.push_back({&model.tensors, &model.ops, &model.inputs});
    for (const types::Subgraph& other : model.others) {
        const types::Subgraph& sound = other.problem.empty() ? other : kEmpty;
        m_views.push_back({&sound.tensors, &sound.ops, &sound.inputs});
    }
    for (size_t i = 0; i < m_views.size(); ++i)
        nameHandles(i);
    if (m_variables.empty()) return;
    for (const size_t caller : callersFirst())
        bindArguments(caller);
    describe(OpKind::ASSIGN_VARIABLE);
    describe(OpKind::READ_VARIABLE);
}

int32_t ResourceVariables::behind(size_t subgraph, int32_t handle) const {
    const auto found = m_handles.find({subgraph, handle});
    return found == m_handles.end() ? -1 : found->second;
}

void ResourceVariables::nameHandles(size_t subgraph) {
    for (const Op& op : *m_views[subgraph].ops) {
        const auto* o = std::get_if<types::VarHandleOptions>(&op.options);
        if (op.kind != OpKind::VAR_HANDLE || o == nullptr) continue;
        const std::string name = (o->container.empty() ? "" : o->container + "/") + o->sharedName;
        const auto next = static_cast<int32_t>(m_variables.size());
        const auto [row, isNew] = m_indices.try_emplace(name, next);
        if (isNew) m_variables.push_back({.name = name});
        m_handles[{subgraph, op.outputs[0]}] = row->second;
    }
}

std::vector<size_t> ResourceVariables::callersFirst() const {
    std::vector<int> callers(m_views.size(), 0);
    const auto forEachCall = [&](size_t caller, auto visit) {
        for (const Op& op : *m_views[caller].ops)
            for (const int32_t called : calledSubgraphs(op))
                if (called >= 0 && static_cast<size_t>(called) < m_views.size())
                    visit(static_cast<size_t>(called));
    };
    for (size_t i = 0; i < m_views.size(); ++i)
        forEachCall(i, [&](size_t called) { ++callers[called]; });
    std::vector<size_t> order;
    for (size_t i = 0; i < m_views.size(); ++i)
        if (callers[i] == 0) order.push_back(i);
    for (size_t next = 0; next < order.size(); ++next)
        forEachCall(order[next], [&](size_t called) {
            if (--callers[called] == 0) order.push_back(called);
        });
    return order;
}

void ResourceVariables::bindArguments(size_t caller) {
    for (const Op& op : *m_views[caller].ops) {
        const size_t first = op.kind == OpKind::IF ? 1 : 0;  // the condition is no argument
        for (const int32_t called : calledSubgraphs(op))
            for (size_t i = first; i < op.inputs.size(); ++i)
                if (called > 0 && static_cast<size_t>(called) < m_views.size())
                    bind({caller, op.inputs[i]}, static_cast<size_t>(called), i - first);
        if (op.kind != OpKind::WHILE) continue;
        // A loop hands its handles on unchanged.
        for (size_t i = 0; i < std::min(op.inputs.size(), op.outputs.size()); ++i)
            if (const int32_t variable = behind(caller, op.inputs[i]); variable >= 0)
                m_handles[{caller, op.outputs[i]}] = variable;
    }
}

void ResourceVariables::bind(Handle given, size_t called, size_t port) {
    const int32_t variable = behind(given.first, given.second);
    if (variable < 0 || port >= m_views[called].inputs->size()) return;
    const Handle parameter{called, (*m_views[called].inputs)[port]};
    const auto [row, isNew] = m_handles.try_emplace(parameter, variable);
    if (row->second != variable) row->second = kAmbiguous;
}

void ResourceVariables::describe(OpKind kind) {
    std::set<int32_t> described;
    for (size_t i = 0; i < m_views.size(); ++i)
        for (const Op& op : *m_views[i].ops) {
            const int32_t value = kind == OpKind::ASSIGN_VARIABLE ? op.input(1) : op.output(0);
            const int32_t index = op.kind == kind ? behind(i, op.input(0)) : -1;
            if (index < 0 || value < 0) continue;
            types::Tensor const& tensor = (*m_views[i].tensors)[static_cast<size_t>(value)];
            ResourceVariable& variable = m_variables[static_cast<size_t>(index)];
            if (variable.bytes() > 0 || !described.insert(index).second) continue;
            variable.type = tensor.type;
            variable.shape = tensor.shape;
            variable.reset = static_cast<uint8_t>(tensor.quantization.firstZeroPoint());
        }
}

}  // namespace analysis

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/subgraph_calls.h"

#include <functional>
#include <string>
#include <vector>

namespace tflite {
namespace {

using types::fail;
using types::Result;

/// Unset indices of these options are 0, and the first subgraph is nobody's body.
void visitIfSet(int32_t& index, const std::function<void(int32_t&)>& visit) {
    if (index > 0) visit(index);
}

void visitOptions2(schema::BuiltinOptions2Union& options,
                   const std::function<void(int32_t&)>& visit) {
    if (auto* o = options.AsStableHLOCompositeOptions())
        visitIfSet(o->decomposition_subgraph_index, visit);
    if (auto* o = options.AsStablehloWhileOptions()) {
        visitIfSet(o->cond_subgraph_index, visit);
        visitIfSet(o->body_subgraph_index, visit);
    }
    if (auto* o = options.AsStablehloReduceOptions()) visitIfSet(o->body_subgraph_index, visit);
    if (auto* o = options.AsStablehloReduceWindowOptions())
        visitIfSet(o->body_subgraph_index, visit);
    if (auto* o = options.AsStablehloSortOptions()) visitIfSet(o->comparator_subgraph_index, visit);
    if (auto* o = options.AsStablehloScatterOptions())
        visitIfSet(o->update_computation_subgraph_index, visit);
    if (auto* o = options.AsStablehloCaseOptions())
        for (int32_t& branch : o->branch_subgraph_indices)
            visitIfSet(branch, visit);
    if (auto* o = options.AsStablehloCustomCallOptions())
        for (int32_t& called : o->called_computations)
            visitIfSet(called, visit);
}

/// Subgraphs that one operator may call; empty for most operators.
std::vector<int32_t> calledBy(const schema::Operator& op) {
    const auto tag = op.builtin_options_type();
    const bool mayCall = tag == schema::BuiltinOptions_IfOptions ||
                         tag == schema::BuiltinOptions_WhileOptions ||
                         tag == schema::BuiltinOptions_CallOnceOptions ||
                         tag == schema::BuiltinOptions_CallOptions ||
                         op.builtin_options_2_type() != schema::BuiltinOptions2_NONE;
    if (!mayCall) return {};
    schema::OperatorT table;
    op.UnPackTo(&table);
    std::vector<int32_t> called;
    forEachCall(table, [&called](int32_t& index) { called.push_back(index); });
    return called;
}

Result<std::vector<std::vector<int32_t>>> callsOf(const schema::Model& model) {
    const auto count = static_cast<int32_t>(model.subgraphs()->size());
    std::vector<std::vector<int32_t>> calls(static_cast<size_t>(count));
    for (int32_t s = 0; s < count; ++s) {
        const auto* operators = model.subgraphs()->Get(static_cast<uint32_t>(s))->operators();
        if (!operators) continue;
        for (const schema::Operator* op : *operators)
            for (int32_t called : calledBy(*op)) {
                if (called < 0 || called >= count)
                    return fail("control flow calls subgraph " + std::to_string(called) +
                                    ", the file has " + std::to_string(count),
                                "subgraph " + std::to_string(s), "export the model again");
                calls[static_cast<size_t>(s)].push_back(called);
            }
    }
    return calls;
}

}  // namespace

void forEachCall(schema::OperatorT& op, const std::function<void(int32_t&)>& visit) {
    if (auto* o = op.builtin_options.AsIfOptions()) {
        visit(o->then_subgraph_index);
        visit(o->else_subgraph_index);
    }
    if (auto* o = op.builtin_options.AsWhileOptions()) {
        visit(o->cond_subgraph_index);
        visit(o->body_subgraph_index);
    }
    if (auto* o = op.builtin_options.AsCallOnceOptions()) visit(o->init_subgraph_index);
    if (auto* o = op.builtin_options.AsCallOptions()) {
        auto index = static_cast<int32_t>(o->subgraph);
        visit(index);
        o->subgraph = static_cast<uint32_t>(index);
    }
    visitOptions2(op.builtin_options_2, visit);
}

std::set<int32_t> calledSubgraphs(const schema::Model& model) {
    std::set<int32_t> called;
    const auto calls = callsOf(model);
    for (size_t i = 0; calls && i < calls->size(); ++i)
        called.insert((*calls)[i].begin(), (*calls)[i].end());
    return called;
}

Result<void> checkSubgraphCalls(const schema::Model& model) {
    const auto calls = callsOf(model);
    if (!calls) return tl::unexpected(calls.error());
    enum class Mark : uint8_t { New, Open, Done };
    std::vector<Mark> marks(calls->size(), Mark::New);
    // Depth-first search; reaching an open subgraph again means a cycle. The stack is explicit, so
    // that a long chain of calls in a forged file cannot overflow ours.
    struct Visit {
        size_t subgraph, next;
    };
    for (size_t root = 0; root < calls->size(); ++root) {
        if (marks[root] != Mark::New) continue;
        std::vector<Visit> stack = {{root, 0}};
        marks[root] = Mark::Open;
        while (!stack.empty()) {
            Visit& top = stack.back();
            if (top.next == (*calls)[top.subgraph].size()) {
                marks[top.subgraph] = Mark::Done;
                stack.pop_back();
                continue;
            }
            const auto called = static_cast<size_t>((*calls)[top.subgraph][top.next++]);
            if (marks[called] == Mark::Open)
                return fail("subgraph calls itself", "subgraph " + std::to_string(called),
                            "export the model again");
            if (marks[called] == Mark::New) {
                marks[called] = Mark::Open;
                stack.push_back({called, 0});
            }
        }
    }
    return {};
}

}  // namespace tflite

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/subgraph_calls.h"

#include <functional>
#include <string>
#include <vector>

namespace tflite {
namespace {

using types::fail;
using types::Result;

/// Subgraphs that one operator may call; empty for most operators.
std::vector<int32_t> calledBy(const schema::Operator& op) {
    if (const auto* o = op.builtin_options_as_IfOptions())
        return {o->then_subgraph_index(), o->else_subgraph_index()};
    if (const auto* o = op.builtin_options_as_WhileOptions())
        return {o->cond_subgraph_index(), o->body_subgraph_index()};
    if (const auto* o = op.builtin_options_as_CallOnceOptions()) return {o->init_subgraph_index()};
    if (const auto* o = op.builtin_options_as_CallOptions())
        return {static_cast<int32_t>(o->subgraph())};
    return {};
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

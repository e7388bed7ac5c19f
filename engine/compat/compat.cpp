// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/compat.h"

#include "compat/helpful_rewrite.h"
#include "compat/runtime_list.h"
#include "cost/tflm/tflm_refusal.h"
#include "lowering/requirements.h"

namespace compat {
namespace {

using types::Graph;
using types::LayerSupport;
using types::RuntimeSupport;
using types::Support;

LayerSupport judged(const RuntimeRow& runtime, const Graph& graph, size_t index) {
    const Question question{graph, graph.ops[index], index, runtime.release};
    LayerSupport verdict = runtime.judge(question);
    verdict.rewrite = helpfulRewrite(question, verdict);
    return verdict;
}

void worsen(LayerSupport& worst, const LayerSupport& other, const std::string& where) {
    if (other.verdict <= worst.verdict) return;
    worst = other;
    worst.reason = where + ": " + other.reason;
}

/// Further subgraphs that TFLM prepares with the first one.
LayerSupport ofOtherSubgraphs(const RuntimeRow& runtime, const Graph& graph) {
    LayerSupport worst = runs({});
    for (size_t s = 0; s < graph.others.size(); ++s) {
        if (!graph.others[s].problem.empty()) continue;
        const Graph other = types::subgraphOf(graph, s + 1);
        const std::string suffix = " of subgraph " + std::to_string(s + 1);
        for (size_t i = 0; i < other.ops.size(); ++i)
            worsen(worst, judged(runtime, other, i), types::opLabel(other, i) + suffix);
    }
    return worst;
}

/// What no operator of the first subgraph decides.
LayerSupport restOf(const RuntimeRow& runtime, const Graph& graph) {
    if (runtime.isTflm) {
        LayerSupport worst = ofOtherSubgraphs(runtime, graph);
        if (const auto refusal = cost::tflmRefusal(graph))
            worsen(worst, answer(Support::Refused, refusal->reason, "tflite-micro 90b983c2"),
                   refusal->where);
        return worst;
    }
    if (runtime.judge != judgeOwn) return runs({});
    const auto runnable = lowering::checkRunnable(graph);
    return runnable ? runs({})
                    : answer(Support::Refused, runnable.error().message(), "engine/lowering");
}

RuntimeSupport supportOf(const RuntimeRow& runtime, const Graph& graph) {
    RuntimeSupport result{runtime.id, runtime.name, runtime.note, {}, {}};
    for (size_t i = 0; i < graph.ops.size(); ++i)
        result.layers.push_back(judged(runtime, graph, i));
    result.rest = restOf(runtime, graph);
    return result;
}

bool isWanted(const std::string& id, const std::string& wanted) {
    return wanted.empty() || id == wanted || id.starts_with(wanted + "@");
}

std::string names() {
    std::string text;
    for (const RuntimeRow& row : runtimeRows())
        text += (text.empty() ? "" : ", ") + std::string(row.id);
    return text;
}

}  // namespace

std::vector<std::string> runtimeIds() {
    std::vector<std::string> ids;
    for (const RuntimeRow& row : runtimeRows())
        ids.emplace_back(row.id);
    return ids;
}

types::Result<std::vector<RuntimeSupport>> check(const Graph& graph, const std::string& wanted) {
    std::vector<RuntimeSupport> result;
    for (const RuntimeRow& row : runtimeRows())
        if (isWanted(row.id, wanted)) result.push_back(supportOf(row, graph));
    if (result.empty())
        return types::fail("no runtime of this name is known", wanted, "use one of " + names());
    return result;
}

}  // namespace compat

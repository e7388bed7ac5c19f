// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted bytes through all steps of opening a model: read, validate, plan both ways, lower, run
// once. They must not crash, overrun or break an invariant. Valid large models are read and
// planned, not run, so that more small ones are tested.

#include <algorithm>
#include <cstdlib>

#include "analysis/count.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "memory/best_planner.h"
#include "tflite/read.h"

namespace {

constexpr size_t kMaxOps = 200;
constexpr int64_t kMaxOpsRun = 4'000'000;
constexpr int64_t kMaxLoopOps = 500;
constexpr int64_t kMaxArena = int64_t{16} << 20;

void require(bool holds) {
    if (!holds) std::abort();
}

bool hasLoop(const std::vector<types::Op>& ops) {
    return std::any_of(ops.begin(), ops.end(),
                       [](const types::Op& op) { return op.kind == types::OpKind::WHILE; });
}

bool isSmall(const types::Graph& graph, const types::MemoryPlan& plan) {
    int64_t work = 0;
    for (const auto& count : analysis::countOps(graph))
        work += count.ops;
    int64_t elements = 0;
    for (const types::Tensor& tensor : graph.tensors)
        elements += tensor.elements();
    bool loops = hasLoop(graph.ops);
    for (const types::Subgraph& other : graph.others) {
        if (!other.problem.empty()) continue;
        loops = loops || hasLoop(other.ops);
        for (const types::Tensor& tensor : other.tensors)
            elements += tensor.elements();
    }
    // A loop may run for a million rounds.
    if (loops && (work > kMaxLoopOps || elements > kMaxLoopOps)) return false;
    return work < kMaxOpsRun && elements < kMaxOpsRun && plan.arenaBytes < kMaxArena;
}

using Outputs = std::vector<std::vector<uint8_t>>;

/// Empty where the model cannot run, or where its data end the run; both are valid results.
Outputs outputsOf(const types::Graph& graph, const types::MemoryPlan& plan) {
    auto lowered = lowering::lower(graph, plan);
    if (!lowered) return {};
    lowering::Execution execution(std::move(*lowered));
    lowering::SplitMix64 random(1);
    for (size_t i = 0; i < execution.inputCount(); ++i)
        lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution.input(i));
    if (!execution.invoke()) return {};
    Outputs outputs;
    if (execution.mayLeaveUnwritten()) return outputs;
    for (size_t i = 0; i < execution.outputCount(); ++i)
        outputs.emplace_back(execution.output(i).begin(), execution.output(i).end());
    return outputs;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto graph = tflite::readBytes(types::Bytes(std::vector(data, data + size)), "fuzzed");
    if (!graph || (*graph)->ops.size() > kMaxOps) return 0;
    const auto needs = lowering::planNeeds(**graph);
    const auto plan = memory::planGreedy(**graph, needs.scratch);
    const auto best = memory::planBest(**graph, needs.scratch);
    const auto inPlace = memory::planBest(**graph, needs.scratch, needs.overwritable);
    for (const auto* each : {&plan, &best, &inPlace}) {
        require(memory::isConsistent(*each));
        require(each->arenaBytes >= each->lowerBoundBytes);
    }
    require(best.arenaBytes <= plan.arenaBytes && inPlace.arenaBytes <= best.arenaBytes);
    if (isSmall(**graph, plan)) require(outputsOf(**graph, plan) == outputsOf(**graph, inPlace));
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted bytes through everything that opening a model does: read, validate, plan both ways,
// lower, run once. Whatever comes, it must not crash, overrun or break an invariant. Models that
// are sound but large are read and planned, not run: time is better spent on many small ones.

#include <cstdlib>

#include "analysis/count.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "memory/best_planner.h"
#include "tflite/read.h"

namespace {

constexpr size_t kMostOps = 200;
constexpr int64_t kMostOpsRun = 4'000'000;
constexpr int64_t kMostArena = int64_t{16} << 20;

void require(bool holds) {
    if (!holds) std::abort();
}

bool isSmall(const types::Graph& graph, const types::MemoryPlan& plan) {
    int64_t work = 0;
    for (const auto& count : analysis::countOps(graph))
        work += count.ops;
    int64_t elements = 0;
    for (const types::Tensor& tensor : graph.tensors)
        elements += tensor.elements();
    return work < kMostOpsRun && elements < kMostOpsRun && plan.arenaBytes < kMostArena;
}

void runOnce(const types::Graph& graph) {
    auto execution = lowering::Execution::create(graph);
    if (!execution) return;
    lowering::SplitMix64 random(1);
    for (size_t i = 0; i < execution->inputCount(); ++i)
        lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution->input(i));
    // An error (an index out of range at run time) is as good an answer as a result.
    (void)execution->invoke();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto graph = tflite::readBytes(types::Bytes(std::vector(data, data + size)), "fuzzed");
    if (!graph || (*graph)->ops.size() > kMostOps) return 0;
    const auto scratch = lowering::scratchNeeds(**graph);
    const auto plan = memory::planGreedy(**graph, scratch);
    const auto best = memory::planBest(**graph, scratch);
    require(memory::isConsistent(plan) && memory::isConsistent(best));
    require(best.arenaBytes <= plan.arenaBytes && best.arenaBytes >= best.lowerBoundBytes);
    if (isSmall(**graph, plan)) runOnce(**graph);
    return 0;
}

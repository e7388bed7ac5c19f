// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of a running model: by the library's own count (program, packed weights, arena and
// workspace of one thread) and by counting the heap. Their difference is constant overhead; each
// further thread needs an arena and a workspace.

#include <benchmark/benchmark.h>

#include "heap_counter.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "tflite/write.h"
#include "zoo/reference_models.h"

namespace {

using lowering::Execution;

void hold(benchmark::State& state, const zoo::BundledModel& model) {
    const auto graph = *model.build(model.precision);
    const auto plan = memory::planGreedy(*graph, lowering::scratchNeeds(*graph));
    const auto set = [&](const char* name, int64_t bytes) {
        state.counters[name] = static_cast<double>(bytes);
    };
    const int64_t before = bench::heapBytes();
    auto lowered = *lowering::lower(*graph, plan);
    const auto program = static_cast<int64_t>(lowered.programBytes);
    Execution first(std::move(lowered));
    const int64_t one = bench::heapBytes() - before;
    const Execution second = first.sibling();
    const int64_t perThread = bench::heapBytes() - before - one;
    bench::takeHeapPeak();
    const int64_t idle = bench::heapBytes();
    for (auto _ : state)
        benchmark::DoNotOptimize(first.invoke());
    set("heap_while_running", bench::takeHeapPeak() - idle);
    const auto packed = static_cast<int64_t>(first.packedBytes());
    const int64_t own = plan.arenaBytes + static_cast<int64_t>(first.workspaceBytes());
    set("file", static_cast<int64_t>(tflite::writeBytes(*graph).size()));
    set("program", program);
    set("packed", packed);
    set("arena_and_workspace", own);
    set("heap", one);
    set("heap_beyond_account", one - program - packed - own);
    set("heap_per_thread", perThread);
}

const bool kMemoryRegistered = [] {
    for (const zoo::BundledModel& model : zoo::bundledModels())
        benchmark::RegisterBenchmark(("memory/" + model.name).c_str(), hold, model)
            ->Iterations(100)
            ->Unit(benchmark::kMicrosecond);
    return true;
}();

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Fast kernels on the layer shapes of the four MLPerf Tiny architectures, and on the whole models,
// beside XNNPACK where it is installed: one thread, one process, the same shapes.

#include <benchmark/benchmark.h>

#include <set>

#include "comparison.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "single_op.h"
#include "zoo/reference_models.h"
#ifdef NETCALIPER_HAS_XNNPACK
#include "xnnpack_model.h"
#endif

namespace {

using lowering::Execution;
using types::GraphPtr;

constexpr double kLayerSeconds = 0.2, kModelSeconds = 1.0;

Execution prepared(const types::Graph& graph) {
    auto execution = Execution::create(graph, lowering::Kernels::Fast);
    lowering::SplitMix64 generator(1);
    for (size_t i = 0; i < execution->inputCount(); ++i)
        lowering::fillSeeded(generator, graph.tensor(graph.inputs[i]).type, execution->input(i));
    return std::move(*execution);
}

struct Work {
    std::string group, name;
    GraphPtr graph;
    double seconds;
};

void measure(benchmark::State& state, const Work& work) {
    Execution execution = prepared(*work.graph);
    const auto ours = [&] { benchmark::DoNotOptimize(execution.invoke()); };
    state.counters["packed_bytes"] = static_cast<double>(execution.packedBytes());
    state.counters["workspace_bytes"] = static_cast<double>(execution.workspaceBytes());
#ifdef NETCALIPER_HAS_XNNPACK
    const bench::XnnpackModel xnnpack(*work.graph);
    if (xnnpack.size() > 0) {
        const auto times = bench::compare(
            ours, [&] { xnnpack.run(); }, work.seconds);
        state.counters["ours_us"] = times.ours;
        state.counters["xnnpack_us"] = times.theirs;
        state.counters["ratio"] = times.ratio();
        bench::record(work.group, work.name, times);
    }
#endif
    for (auto _ : state)
        ours();
}

void add(Work work, benchmark::TimeUnit unit) {
    const std::string name = work.group + "/" + work.name;
    benchmark::RegisterBenchmark(
        name.c_str(), [work = std::move(work)](benchmark::State& s) { measure(s, work); })
        ->Unit(unit)
        ->MinTime(0.02);
}

void addModel(const std::string& type, const GraphPtr& graph, std::set<std::string>& seen) {
    using types::OpKind;
    for (size_t op = 0; op < graph->ops.size(); ++op) {
        const OpKind kind = graph->ops[op].kind;
        if (kind == OpKind::RESHAPE || kind == OpKind::SOFTMAX) continue;
        const std::string shape = bench::shapeOf(*graph, op);
        if (seen.insert(shape).second)
            add({type + " layers", shape,
                 std::make_shared<types::Graph>(bench::singleOp(*graph, op)), kLayerSeconds},
                benchmark::kMicrosecond);
    }
    add({type + " models", graph->name, graph, kModelSeconds}, benchmark::kMicrosecond);
}

const bool kRegistered = [] {
    for (const auto precision : {zoo::Precision::Int8, zoo::Precision::Float32}) {
        std::set<std::string> seen;
        for (auto build : {zoo::keywordDsCnn, zoo::wakeWordsMobileNetV1, zoo::imageResNet8,
                           zoo::anomalyAutoencoder})
            addModel(precision == zoo::Precision::Int8 ? "int8" : "float32", *build(precision),
                     seen);
    }
    return true;
}();

}  // namespace

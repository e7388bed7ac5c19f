// SPDX-License-Identifier: GPL-3.0-or-later
// Fast kernels on the layer shapes of the four MLPerf Tiny architectures, on the whole models, and
// on the layer shapes of the reference files, beside XNNPACK where it is installed: one thread, one
// process, the same shapes.

#include <benchmark/benchmark.h>

#include <set>

#include "comparison.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "single_op.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"
#ifdef NETCALIPER_HAS_XNNPACK
#include "xnnpack_model.h"
#endif

namespace {

using lowering::Execution;
using types::GraphPtr;

constexpr double kLayerSeconds = 0.2, kFileSeconds = 0.05, kModelSeconds = 1.0;

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

using Seen = std::set<std::string>;

/// The operators of one type, of shapes that were not seen before.
void addLayers(const std::string& group, const GraphPtr& graph, types::DataType type,
               double seconds, Seen& seen) {
    using types::OpKind;
    for (size_t i = 0; i < graph->ops.size(); ++i) {
        const types::Op& op = graph->ops[i];
        if (op.kind == OpKind::RESHAPE || op.outputs.empty() ||
            graph->tensor(op.outputs[0]).type != type)
            continue;
        // XNNPACK has no integer softmax.
        if (op.kind == OpKind::SOFTMAX && type != types::DataType::Float32) continue;
        const std::string shape = bench::shapeOf(*graph, i);
        if (seen.insert(group + shape).second)
            add({group, shape, std::make_shared<types::Graph>(bench::singleOp(*graph, i)), seconds},
                benchmark::kMicrosecond);
    }
}

void addReferenceFiles() {
    const auto shared = support::sharedDir();
    if (!shared) return;
    Seen seen;
    for (const auto& file : support::filesOf(*shared / "models", ".tflite"))
        if (const auto graph = tflite::read(file); graph && Execution::create(**graph)) {
            addLayers("int8 layers of files", *graph, types::DataType::Int8, kFileSeconds, seen);
            addLayers("float32 layers of files", *graph, types::DataType::Float32, kFileSeconds,
                      seen);
        }
}

const bool kRegistered = [] {
    for (const auto precision : {zoo::Precision::Int8, zoo::Precision::Float32}) {
        const bool isInt8 = precision == zoo::Precision::Int8;
        const std::string type = isInt8 ? "int8" : "float32";
        Seen seen;
        for (auto build : {zoo::keywordDsCnn, zoo::wakeWordsMobileNetV1, zoo::imageResNet8,
                           zoo::anomalyAutoencoder}) {
            const GraphPtr graph = *build(precision);
            addLayers(type + " layers", graph,
                      isInt8 ? types::DataType::Int8 : types::DataType::Float32, kLayerSeconds,
                      seen);
            add({type + " models", graph->name, graph, kModelSeconds}, benchmark::kMicrosecond);
        }
    }
    addReferenceFiles();
    return true;
}();

}  // namespace

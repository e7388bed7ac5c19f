// SPDX-License-Identifier: GPL-3.0-or-later
// How long a slider move takes: one evaluate() of each bundled architecture at half width.

#include <benchmark/benchmark.h>

#include "engine/evaluate.h"
#include "lowering/execution.h"
#include "zoo/reference_models.h"

namespace {

void evaluateAtHalfWidth(benchmark::State& state, const zoo::BundledModel& model) {
    const auto graph = model.build(model.precision);
    types::Variation half;
    half.width = 0.5;
    for (auto _ : state)
        benchmark::DoNotOptimize(engine::evaluate(*graph, half, nullptr));
}

void invoke(benchmark::State& state, const zoo::BundledModel& model) {
    const auto graph = model.build(model.precision);
    auto execution = lowering::Execution::create(**graph);
    for (auto _ : state)
        benchmark::DoNotOptimize(execution->invoke());
}

const bool kEvaluateRegistered = [] {
    for (const zoo::BundledModel& model : zoo::bundledModels()) {
        benchmark::RegisterBenchmark(("evaluate/" + model.name).c_str(), evaluateAtHalfWidth, model)
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("invoke/" + model.name).c_str(), invoke, model)
            ->Unit(benchmark::kMillisecond);
    }
    return true;
}();

}  // namespace

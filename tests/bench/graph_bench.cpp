// SPDX-License-Identifier: GPL-3.0-or-later
// How long the layout of large networks takes, and a picture of the page that shows them. Range:
// number of operators.

#include <benchmark/benchmark.h>

#include <random>

#include "layout/draw_graph.h"
#include "support/wide_networks.h"

namespace {

void layOutNetwork(benchmark::State& state) {
    const layout::LayeredGraph graph = wide::network(int(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(layout::layOut(graph)->width);
}
BENCHMARK(layOutNetwork)->Arg(5'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

/// Repeated blocks are searched for, too; few are found.
void drawModel(benchmark::State& state) {
    const types::GraphPtr graph = wide::model(int(state.range(0)), 101);
    for (auto _ : state)
        benchmark::DoNotOptimize(layout::drawGraph(*graph)->width);
}
BENCHMARK(drawModel)->Arg(5'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

}  // namespace

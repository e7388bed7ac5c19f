// SPDX-License-Identifier: GPL-3.0-or-later
// Matching of two graphs of 5,000 layers, of which one was edited by ourselves: time, and the share
// of layers that are matched rightly.

#include <benchmark/benchmark.h>

#include "diff/match_graphs.h"
#include "support/deep_network.h"
#include "transform/apply.h"
#include "transform/channels/blocks.h"

namespace {

using namespace types;

enum Edit { kPrune, kQuantize, kDropBlocks, kAll };

Variation variationOf(Edit edit, const Graph& graph) {
    Variation variation;
    if (edit == kPrune || edit == kAll) variation.width = 0.75;
    if (edit == kQuantize || edit == kAll) variation.quantize.precision = Precision::Int8;
    if (edit != kDropBlocks && edit != kAll) return variation;
    const auto blocks = transform::findBlocks(graph);
    for (size_t i = 5; i + 10 < blocks.size(); i += 10)
        variation.layers[blocks[i].last].dropBlock = true;
    return variation;
}

void BM_MatchGraphs(benchmark::State& state) {
    const GraphPtr graph = support::deepNetwork(5000);
    const auto varied =
        transform::apply(graph, variationOf(static_cast<Edit>(state.range(0)), *graph));
    if (!varied) return state.SkipWithError(varied.error().message().c_str());
    for (auto run : state) {
        const auto matches = diff::matchGraphs(*graph, *varied->graph, false);
        state.PauseTiming();
        state.counters["right"] = support::rightShare(*graph, *varied->graph, *matches);
        state.ResumeTiming();
    }
    state.SetLabel(std::to_string(graph->ops.size()) + " and " +
                   std::to_string(varied->graph->ops.size()) + " layers");
}
BENCHMARK(BM_MatchGraphs)
    ->Arg(kPrune)
    ->Arg(kQuantize)
    ->Arg(kDropBlocks)
    ->Arg(kAll)
    ->ArgName("edit")
    ->Unit(benchmark::kMillisecond);

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// The page Graph with large networks: layout, the time to the first picture, moving through it.
// Range: number of operators.

#include <benchmark/benchmark.h>

#include "bench/screenless.h"
#include "layout/draw_graph.h"
#include "support/wide_networks.h"
#include "views/widgets/plots/graph_view.h"

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

types::EvaluationPtr evaluatedModel(int ops) {
    auto evaluation = std::make_shared<types::Evaluation>();
    evaluation->graph = wide::model(ops, 101);
    for (const types::Op& op : evaluation->graph->ops) {
        types::LayerEvaluation& layer = evaluation->layers.emplace_back();
        layer.index = int32_t(evaluation->layers.size()) - 1;
        layer.kind = op.kind;
        layer.macs = 1000 + 37 * (layer.index % 101);
    }
    return evaluation;
}

void show(const types::EvaluationPtr& evaluation, views::GraphView& view) {
    const auto drawn = std::make_shared<const types::DrawnGraph>(
        *layout::drawGraph(*evaluation->graph, {false, {}}));
    const auto picture = std::make_shared<views::GraphPicture>(evaluation, drawn);
    view.setPicture(picture, {});
    const views::MetricChoice choice;
    std::vector<views::Reading> readings = picture->readings(choice);
    std::vector<double> values;
    for (const views::Reading& reading : readings)
        if (reading.value) values.push_back(*reading.value);
    view.setReadings(std::move(readings), views::HeatScale(choice.metric(), values));
}

/// From a model to its picture on the screen.
void firstPaint(benchmark::State& state) {
    screenless::needApplication();
    const types::EvaluationPtr evaluation = evaluatedModel(int(state.range(0)));
    for (auto _ : state) {
        views::GraphView view;
        view.resize(900, 700);
        show(evaluation, view);
        screenless::paint(view);
    }
}
BENCHMARK(firstPaint)->Arg(5'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

/// One frame while the hand moves; second range: steps of zoom from the smallest.
void panGraph(benchmark::State& state) {
    screenless::needApplication();
    views::GraphView view;
    view.resize(1600, 1000);
    show(evaluatedModel(int(state.range(0))), view);
    view.showAll();
    for (int64_t step = 0; step < state.range(1); ++step)
        view.zoomIn();
    for (auto _ : state)
        screenless::paint(view);
}
BENCHMARK(panGraph)
    ->Args({5'000, 0})
    ->Args({5'000, 4})
    ->Args({5'000, 8})
    ->Args({5'000, 12})
    ->Args({20'000, 0})
    ->Unit(benchmark::kMillisecond);

}  // namespace

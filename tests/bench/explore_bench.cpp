// SPDX-License-Identifier: GPL-3.0-or-later
// How quickly the plots of exploration answer with 50,000 points: what a user's hand does, until
// the picture is painted, without a screen. Range: width and height of the plot in pixels, and 1
// for the dark palette.

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

#include "bench/screenless.h"
#include "views/colors.h"
#include "views/models/points_model.h"
#include "views/widgets/plots/parallel_plot.h"
#include "views/widgets/plots/tradeoff_plot.h"

namespace {

using namespace views;

constexpr int kPoints = 50'000;
const int kLatency = PointStore::columnOf(Metric::LatencyUs);
const int kAccuracy = PointStore::columnOf(Metric::Accuracy);

/// Costs that follow width and pruning, an accuracy that saturates.
std::vector<NewPoint> spacePoints(int count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    std::normal_distribution<double> noise(0, 0.01);
    std::vector<NewPoint> points;
    for (int i = 0; i < count; ++i) {
        NewPoint point;
        point.variation.width = 0.2 + 0.8 * share(random);
        point.variation.prune.channels = 0.5 * share(random);
        if (share(random) < 0.5) point.variation.quantize.precision = types::Precision::Int8;
        const double size = point.variation.width * (1 - point.variation.prune.channels);
        point.figures.resize(size_t(PointStore::figureColumns()));
        for (PointFigure& figure : point.figures)
            figure.value = 1000 * size * size * (1 + noise(random));
        const double latency = 40'000 * size * size * (1 + noise(random));
        point.figures[size_t(kLatency)] = {latency, 0.8 * latency, 1.2 * latency, true};
        point.figures[size_t(kAccuracy)].value = 0.95 - 0.4 * std::exp(-8 * size) + noise(random);
        if (share(random) < 0.02) point.figures[size_t(kAccuracy)].value = kMissing;
        points.push_back(std::move(point));
    }
    return points;
}

struct Exploration {
    PointStore store;
    PointLens lens{store};
    TradeoffPlot plot{lens};
    ParallelPlot parallel{lens};

    explicit Exploration(const benchmark::State& state) {
        store.put(spacePoints(kPoints));
        lens.setPlotAxes({kLatency, false, false, {}}, {kAccuracy, false, false, {}});
        lens.setAxes(lens.usualAxes());
        for (QWidget* widget : std::initializer_list<QWidget*>{&plot, &parallel}) {
            widget->resize(int(state.range(0)), int(state.range(1)));
            widget->setPalette(state.range(2) ? darkPalette() : lightPalette());
        }
    }
};

void sizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->Args({900, 450, 0})->Args({900, 450, 1})->Args({3200, 1500, 0});
    benchmark->Unit(benchmark::kMillisecond);
}

/// A limit is dragged: points are judged, the front and both plots follow.
void dragLimit(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    double limit = 10'000;
    for (auto _ : state) {
        limit = limit < 30'000 ? limit + 100 : 10'000;
        explored.lens.setLimit(kLatency, limit);
        screenless::paint(explored.plot);
    }
}
BENCHMARK(dragLimit)->Apply(sizes);

void dragBrush(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    screenless::paint(explored.parallel);
    double low = 0;
    for (auto _ : state) {
        low = low < 20'000 ? low + 100 : 0;
        explored.lens.setBrush(kLatency, Span{low, low + 15'000});
        screenless::paint(explored.parallel);
    }
}
BENCHMARK(dragBrush)->Apply(sizes);

/// Both plots after an axis changed: nothing kept helps.
void drawAnew(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    bool isLogarithmic = false;
    for (auto _ : state) {
        isLogarithmic = !isLogarithmic;
        explored.lens.setPlotAxes({kLatency, isLogarithmic, false, {}}, explored.lens.y());
        auto axes = explored.lens.axes();
        axes.back().isFlipped = isLogarithmic;
        explored.lens.setAxes(axes);
        screenless::paint(explored.plot);
        screenless::paint(explored.parallel);
    }
}
BENCHMARK(drawAnew)->Apply(sizes);

void hover(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    int x = 0;
    for (auto _ : state) {
        x = (x + 7) % int(state.range(0));
        benchmark::DoNotOptimize(explored.plot.rowAt({x, int(state.range(1)) / 2}));
        benchmark::DoNotOptimize(explored.parallel.rowAt({x, int(state.range(1)) / 2}));
    }
}
BENCHMARK(hover)->Apply(sizes);

void filterText(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    const auto filter = PointFilter::parse("acc>85 latency<20ms w0.5 or star", explored.store);
    for (auto _ : state)
        explored.lens.setFilter(*filter);
}
BENCHMARK(filterText)->Args({900, 450, 0})->Unit(benchmark::kMillisecond);

/// 100 points arrive beside 50,000: until the front and both plots are as they should be.
void hundredArrive(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    unsigned seed = 2;
    for (auto _ : state) {
        state.PauseTiming();
        const auto points = spacePoints(100, ++seed);
        state.ResumeTiming();
        explored.store.put(points);
        screenless::paint(explored.plot);
        screenless::paint(explored.parallel);
    }
}
BENCHMARK(hundredArrive)->Args({900, 450, 0})->Iterations(50)->Unit(benchmark::kMillisecond);

void sortTable(benchmark::State& state) {
    screenless::needApplication();
    Exploration explored(state);
    PointsModel table(explored.lens);
    bool isRising = false;
    for (auto _ : state) {
        isRising = !isRising;
        table.sort(PointsModel::FirstMetric + kLatency,
                   isRising ? Qt::AscendingOrder : Qt::DescendingOrder);
    }
}
BENCHMARK(sortTable)->Args({900, 450, 0})->Unit(benchmark::kMillisecond);

}  // namespace

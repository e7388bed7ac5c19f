// SPDX-License-Identifier: GPL-3.0-or-later
// Forward and backward pass of the reference models at batch 32 on one thread, beside oneDNN's
// where it is installed.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>

#include "comparison.h"
#include "learning/network.h"
#include "zoo/reference_models.h"
#ifdef NETCALIPER_HAS_DNNL
#include "dnnl_model.h"
#endif

namespace {

constexpr int kBatch = 32;

using Build = types::Result<types::GraphPtr> (*)(zoo::Precision);

void step(benchmark::State& state, Build build, const char* name) {
    const auto graph = build(zoo::Precision::Float32).value();
    auto network = learning::Network::build(*graph, {.batch = kBatch, .threads = 1}).value();
    for (size_t i = 0; i < network.input().size(); ++i)
        network.input()[i] = 0.1f * static_cast<float>(i % 21) - 1;
    const auto ours = [&] {
        benchmark::DoNotOptimize(network.forward(kBatch));
        std::ranges::fill(network.outputGradient(), 0.01f);
        benchmark::DoNotOptimize(network.backward());
    };
#ifdef NETCALIPER_HAS_DNNL
    setenv("OMP_NUM_THREADS", "1", 1);
    bench::DnnlModel other(*graph, kBatch);
    const auto times = bench::compare(
        ours, [&] { other.step(); }, 2.0);
    bench::record("training step beside oneDNN", name, times);
    state.counters["ours_us"] = times.ours;
    state.counters["onednn_us"] = times.theirs;
#endif
    for (auto _ : state)
        ours();
}

BENCHMARK_CAPTURE(step, kws, zoo::keywordDsCnn, "kws")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(step, vww96, zoo::wakeWordsMobileNetV1, "vww96")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(step, resnet8, zoo::imageResNet8, "resnet8")->Unit(benchmark::kMillisecond);

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// What a user waits for on two threads: a quarter of a model's channels removed with recovery on
// 250 samples, and epochs of training at half of the MACs beside a teacher. Real time. Recovery is
// skipped where the reference models and data are absent.

#include <benchmark/benchmark.h>

#include "calibration/model_inputs.h"
#include "data/dataset.h"
#include "learning/train.h"
#include "scoring/sample_selection.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "transform/apply.h"
#include "zoo/reference_models.h"

namespace {

constexpr int kTwo = 2;

types::Variation pruned(double share, bool recover) {
    types::Variation variation;
    variation.prune.channels = share;
    variation.prune.measure = types::ImportanceMeasure::L1;
    variation.prune.scope = types::PruneScope::PerLayer;
    variation.prune.recover = recover;
    return variation;
}

void recovery(benchmark::State& state, const char* model, const char* dataset, bool recover) {
    const auto shared = support::sharedDir();
    if (!shared) return state.SkipWithError("models are absent: " NETCALIPER_SHARED_DIR);
    const auto graph = tflite::read(*shared / "models" / model);
    const auto data = data::readDataset(*shared / "datasets" / dataset);
    if (!graph || !data) return state.SkipWithError("no model or no data");
    const auto inputs = scoring::realInputs(*data, **graph, 250);
    if (!inputs) return state.SkipWithError("the data do not fit");
    for (auto _ : state)
        benchmark::DoNotOptimize(
            transform::apply(*graph, pruned(0.25, recover), {*inputs, types::Work{{}, {}, kTwo}}));
}

BENCHMARK_CAPTURE(recovery, kws, "mlpt_kws_int8.tflite", "kws01", true)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recovery, kws_left_out, "mlpt_kws_int8.tflite", "kws01", false)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recovery, vww96, "mlpt_vww96_int8.tflite", "vww01_raw", true)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recovery, vww96_left_out, "mlpt_vww96_int8.tflite", "vww01_raw", false)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

using Build = types::Result<types::GraphPtr> (*)(zoo::Precision);

learning::TrainingSet randomSet(const types::Graph& graph, int32_t count) {
    const auto inputs = calibration::randomInputs(graph, count, 1);
    learning::TrainingSet set;
    set.count = static_cast<size_t>(count);
    set.read = [inputs](size_t sample, std::span<float> values) -> types::Result<void> {
        std::ranges::copy(inputs->samples[sample][0], values.begin());
        return {};
    };
    for (int32_t i = 0; i < count; ++i)
        set.labels.push_back(i % 10);
    return set;
}

/// `whole`: epochs x samples of the training that the time stands for.
void training(benchmark::State& state, Build build, double share, types::Augmentation augmentation,
              int32_t samples, double whole) {
    const auto teacher = build(zoo::Precision::Float32).value();
    const auto student = transform::apply(teacher, pruned(share, false)).value().graph;
    const auto set = randomSet(*teacher, samples), validation = randomSet(*teacher, 32);
    learning::TrainOptions options;
    options.epochs = 2;
    options.augmentation = learning::augmentationFor(teacher->tensor(teacher->inputs[0]).shape,
                                                     false, augmentation, std::nullopt);
    double seconds = 0;
    for (auto _ : state) {
        const auto trained = learning::train(*student, teacher.get(), set, validation, options,
                                             types::Work{{}, {}, kTwo});
        if (!trained) return state.SkipWithError("not trained");
        seconds += trained->log.seconds;
    }
    const double done = static_cast<double>(state.iterations()) * options.epochs * samples;
    state.counters["whole_s"] = seconds / done * whole;
}

// 128 epochs of 500 inputs; 10 epochs of 20,000 images.
BENCHMARK_CAPTURE(training, kws, zoo::keywordDsCnn, 0.31, types::Augmentation::Features, 480,
                  128.0 * 500)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(training, resnet8, zoo::imageResNet8, 0.31, types::Augmentation::Images, 480,
                  10.0 * 20'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

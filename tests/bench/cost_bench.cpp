// SPDX-License-Identifier: GPL-3.0-or-later
// Predicting whole models from workloads that are known (a slider that changes the board), and
// fitting a device to a thousand layers.

#include <benchmark/benchmark.h>

#include "cost/device_file.h"
#include "cost/fit/fit.h"
#include "cost/predict.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"

namespace {

std::shared_ptr<const types::DeviceProfile> board() {
    const auto file = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices" /
                      "nucleo-f446re.json";
    const auto device = cost::readDeviceFile(file);
    return device ? std::make_shared<const types::DeviceProfile>(*device) : nullptr;
}

void predictGraph(benchmark::State& state, const types::Result<types::GraphPtr>& graph) {
    const auto device = board();
    if (!graph || !device) return state.SkipWithError("no model or no board");
    const auto workloads = cost::workloadsOf(**graph);
    const cost::Predictor predictor(device);
    for (auto _ : state)
        benchmark::DoNotOptimize(predictor.predict(workloads));
}

void predictBundled(benchmark::State& state, const zoo::BundledModel& model) {
    predictGraph(state, model.build(model.precision));
}

void predictFile(benchmark::State& state, const std::filesystem::path& file) {
    predictGraph(state, tflite::read(file));
}

void fitThousandLayers(benchmark::State& state) {
    const auto device = board();
    if (!device) return state.SkipWithError("no board");
    const cost::Predictor predictor(device);
    std::vector<cost::Observation> layers;
    for (int32_t i = 0; i < 1000; ++i) {
        cost::OperatorShapes s;
        s.kind = types::OpKind::CONV_2D;
        const int32_t side = 4 + i % 13, in = 1 + i % 37, out = 1 + i % 41, kernel = 1 + i % 3 * 2;
        s.inputs = {{1, side, side, in}};
        s.output = {1, side, side, out};
        s.filter = {out, kernel, kernel, in};
        s.window.padding = types::Padding::Same;
        const auto workload = cost::workloadOf(s);
        layers.push_back({workload, predictor.predict({workload}).latencyUs->value * 180, 1, ""});
    }
    std::vector<const cost::Observation*> all;
    for (const auto& layer : layers)
        all.push_back(&layer);
    for (auto _ : state)
        benchmark::DoNotOptimize(cost::fitDevice(all, cost::FitOptions{}));
}

const bool kCostRegistered = [] {
    for (const zoo::BundledModel& model : zoo::bundledModels())
        benchmark::RegisterBenchmark(("predict/" + model.name).c_str(), predictBundled, model)
            ->Unit(benchmark::kMicrosecond);
    if (const auto shared = support::sharedDir())
        for (const auto& file : support::filesOf(*shared / "models", ".tflite"))
            benchmark::RegisterBenchmark(("predict/" + file.stem().string()).c_str(), predictFile,
                                         file)
                ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("fit/1000 layers", fitThousandLayers)
        ->Unit(benchmark::kMillisecond);
    return true;
}();

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/score.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "analysis/real_values.h"
#include "lowering/batch.h"

namespace engine {
namespace {

using namespace types;

/// Data and model must speak of the same inputs and classes.
Result<void> checkMatch(const Graph& graph, const data::Dataset& dataset) {
    if (graph.inputs.size() != 1 || graph.outputs.empty())
        return fail("labelled data need a model with one input", graph.name,
                    "choose another model or leave the dataset out");
    const int64_t outputs = graph.tensor(graph.outputs[0]).elements();
    if (outputs != dataset.classes)
        return fail("the data have " + std::to_string(dataset.classes) + " classes, the model " +
                        std::to_string(outputs) + " outputs",
                    dataset.name, "choose the dataset that belongs to the model");
    return {};
}

}  // namespace

std::optional<Estimate> Score::accuracy() const {
    if (samples == 0) return std::nullopt;
    constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal distribution
    const double n = samples, p = correct / n;
    const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return Estimate{p, centre - half, centre + half};
}

Result<Score> score(const Graph& graph, const data::Dataset& dataset, int32_t threads,
                    std::stop_token stop, const std::function<void(double)>& progress) {
    if (auto match = checkMatch(graph, dataset); !match) return tl::unexpected(match.error());
    const auto execution = lowering::Execution::create(graph);
    if (!execution) return tl::unexpected(execution.error());
    const Tensor &input = graph.tensor(graph.inputs[0]), &output = graph.tensor(graph.outputs[0]);
    std::atomic<int32_t> ran{0}, correct{0};
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t i, lowering::Execution& e) -> Result<void> {
        const auto bytes = data::toInput(dataset.samples[i], input);
        if (!bytes) return tl::unexpected(bytes.error());
        std::copy(bytes->begin(), bytes->end(), e.input(0).begin());
        return {};
    };
    hooks.collect = [&](size_t i, const lowering::Execution& e) {
        const size_t choice = analysis::firstChoice(analysis::dequantize(output, e.output(0)));
        ++ran;
        if (static_cast<int32_t>(choice) == dataset.samples[i].label) ++correct;
    };
    const size_t count = dataset.samples.size();
    if (progress)
        hooks.progress = [&](size_t done) {
            progress(static_cast<double>(done) / static_cast<double>(count));
        };
    if (auto done = lowering::runBatch(*execution, count, threads, hooks, stop); !done)
        return tl::unexpected(done.error());
    return Score{ran, correct};
}

}  // namespace engine

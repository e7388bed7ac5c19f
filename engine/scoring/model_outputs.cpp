// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/model_outputs.h"

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "lowering/batch.h"
#include "metrics/noise_meter.h"

namespace scoring {
namespace {

using namespace types;
using Values = std::vector<float>;

double meanSquare(const Values& output, const Values& input) {
    double sum = 0;
    for (size_t i = 0; i < input.size(); ++i)
        sum += (double{output[i]} - input[i]) * (double{output[i]} - input[i]);
    return sum / static_cast<double>(input.size());
}

/// True where the last operator computes one probability per class.
bool choosesClasses(const Graph& graph) {
    if (graph.ops.empty() || graph.outputs.size() != 1) return false;
    size_t last = graph.ops.size() - 1;
    while (last > 0 &&
           (graph.ops[last].kind == OpKind::DEQUANTIZE || graph.ops[last].kind == OpKind::QUANTIZE))
        --last;
    return graph.ops[last].kind == OpKind::SOFTMAX && graph.tensor(graph.outputs[0]).elements() > 1;
}

}  // namespace

bool isAutoencoder(const Graph& graph) {
    return graph.inputs.size() == 1 && !graph.outputs.empty() &&
           graph.tensor(graph.inputs[0]).elements() == graph.tensor(graph.outputs[0]).elements();
}

Values outputsOf(const Graph& graph, const lowering::Execution& execution) {
    Values values;
    for (size_t i = 0; i < graph.outputs.size(); ++i) {
        const auto own = analysis::dequantize(graph.tensor(graph.outputs[i]), execution.output(i));
        values.insert(values.end(), own.begin(), own.end());
    }
    return values;
}

Result<ModelOutputs> runOnSamples(const Graph& graph, const calibration::RealInputs& inputs,
                                  const Work& work) {
    if (auto fits = calibration::checkInputs(graph, inputs); !fits)
        return tl::unexpected(fits.error());
    if (graph.outputs.empty())
        return fail("the model has no outputs", graph.name, "export the model again");
    const auto execution = lowering::Execution::create(graph);
    if (!execution) return tl::unexpected(execution.error());
    const size_t count = inputs.samples.size();
    ModelOutputs result;
    result.outputs.resize(count);
    result.firstSize = static_cast<size_t>(graph.tensor(graph.outputs[0]).elements());
    if (isAutoencoder(graph)) result.reconstructionErrors.resize(count);
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t i, lowering::Execution& e) -> Result<void> {
        calibration::writeInputs(graph, inputs.samples[i], e);
        return {};
    };
    hooks.collect = [&](size_t i, const lowering::Execution& e) {
        result.outputs[i] = outputsOf(graph, e);
        if (!result.reconstructionErrors.empty())
            result.reconstructionErrors[i] =
                meanSquare(result.outputs[i], inputs.samples[i].front());
    };
    if (auto ran = lowering::runBatch(*execution, count, hooks, work); !ran)
        return tl::unexpected(ran.error());
    return result;
}

Agreement compareOutputs(const Graph& graph, const ModelOutputs& original,
                         const ModelOutputs& varied) {
    metrics::NoiseMeter meter;
    size_t same = 0;
    for (size_t i = 0; i < original.size(); ++i) {
        meter.add(original.outputs[i], varied.outputs[i]);
        if (analysis::firstChoice(original.outputs[i]) == analysis::firstChoice(varied.outputs[i]))
            ++same;
    }
    Agreement agreement;
    agreement.sqnrDb = meter.decibels();
    if (choosesClasses(graph) && original.size() > 0)
        agreement.share = static_cast<double>(same) / static_cast<double>(original.size());
    return agreement;
}

}  // namespace scoring

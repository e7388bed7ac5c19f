// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/run_samples.h"

#include <algorithm>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "lowering/batch.h"

namespace calibration {

using types::Graph;
using types::Result;

namespace {

/// Where a requested tensor is read after a sample has run.
struct Source {
    size_t asked;        ///< index in the list of requested tensors
    int32_t input = -1;  ///< model input; -1: an output of the watched graph
    size_t output = 0;
};

/// Number of operators to run until all of `tensors` are written.
size_t opsUntil(const Graph& graph, const std::vector<int32_t>& tensors) {
    size_t count = graph.ops.size();
    const auto isAsked = [&](int32_t output) { return std::ranges::count(tensors, output) > 0; };
    while (count > 0 && std::ranges::none_of(graph.ops[count - 1].outputs, isAsked))
        --count;
    return count;
}

/// The graph with the requested activations as outputs, so that their buffers are kept until read.
Graph watched(const Graph& graph, const std::vector<int32_t>& tensors,
              std::vector<Source>& sources) {
    Graph result = graph;
    result.outputs.clear();
    result.ops.resize(opsUntil(graph, tensors));
    for (size_t i = 0; i < tensors.size(); ++i) {
        const auto input = std::ranges::find(graph.inputs, tensors[i]);
        if (input != graph.inputs.end()) {
            sources.push_back({i, static_cast<int32_t>(input - graph.inputs.begin()), 0});
        } else {
            sources.push_back({i, -1, result.outputs.size()});
            result.outputs.push_back(tensors[i]);
        }
    }
    return result;
}

}  // namespace

Result<void> runSamples(const Graph& graph, const std::vector<int32_t>& tensors,
                        const std::vector<RealSample>& samples, const VisitTensor& visit,
                        const types::Work& work) {
    std::vector<Source> sources;
    const Graph model = watched(graph, tensors, sources);
    const auto execution = lowering::Execution::create(model);
    if (!execution) return tl::unexpected(execution.error());
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t sample, lowering::Execution& e) -> Result<void> {
        writeInputs(model, samples[sample], e);
        return {};
    };
    hooks.collect = [&](size_t sample, const lowering::Execution& e) {
        for (const Source& source : sources) {
            if (source.input >= 0) {
                visit(sample, source.asked, samples[sample][static_cast<size_t>(source.input)]);
                continue;
            }
            const types::Tensor& tensor = model.tensor(model.outputs[source.output]);
            visit(sample, source.asked, analysis::dequantize(tensor, e.output(source.output)));
        }
    };
    return lowering::runBatch(*execution, samples.size(), hooks, work);
}

}  // namespace calibration

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small classifier, and data labelled by its outputs, so that it is always right on them.

#include <cstring>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "scoring/model_outputs.h"
#include "scoring/sample_selection.h"
#include "zoo/graph_builder.h"

namespace classified {

inline types::GraphPtr classifier(zoo::Precision precision = zoo::Precision::Float32) {
    zoo::GraphBuilder build("classifier", precision, 3);
    auto x = build.input({1, 8, 8, 2}, -1, 1);
    x = build.conv(x, 8, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.depthwise(x, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 8, 1, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.averagePool(x, 4);
    return *build.finish({build.softmax(build.fullyConnected(build.flatten(x), 3))});
}

/// Real values as a sample of float numbers.
inline data::Sample sampleOf(const std::vector<float>& values, int32_t label) {
    std::vector<uint8_t> bytes(values.size() * sizeof(float));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    data::Sample sample{"sample", label, types::Bytes(std::move(bytes))};
    sample.content = data::Content::Numbers;
    sample.type = types::DataType::Float32;
    sample.shape = {static_cast<int32_t>(values.size())};
    return sample;
}

inline data::DatasetPtr labelledBy(const types::Graph& graph, int32_t count) {
    const auto inputs = calibration::randomInputs(graph, count, 11);
    const auto outputs = scoring::runOnSamples(graph, *inputs);
    auto dataset = std::make_shared<data::Dataset>();
    dataset->name = "labelled";
    dataset->path = "/labelled";
    dataset->classes = 3;
    for (size_t i = 0; i < outputs->size(); ++i)
        dataset->samples.push_back(
            sampleOf(inputs->samples[i].front(),
                     static_cast<int32_t>(analysis::firstChoice(outputs->outputs[i]))));
    return dataset;
}

}  // namespace classified

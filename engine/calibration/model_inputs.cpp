// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/model_inputs.h"

#include <algorithm>

#include "analysis/real_values.h"
#include "lowering/seeded_input.h"

namespace calibration {

using types::Graph;

types::Result<void> checkInputs(const Graph& graph, const RealInputs& inputs) {
    constexpr const char* kRemedy = "choose data that belong to the model";
    for (size_t s = 0; s < inputs.samples.size(); ++s) {
        const RealSample& sample = inputs.samples[s];
        const std::string where = "sample " + std::to_string(s) + " of " + inputs.source;
        if (sample.size() != graph.inputs.size())
            return types::fail("has values for " + std::to_string(sample.size()) +
                                   " inputs, the model has " + std::to_string(graph.inputs.size()),
                               where, kRemedy);
        for (size_t i = 0; i < sample.size(); ++i) {
            const int64_t wanted = graph.tensor(graph.inputs[i]).elements();
            if (static_cast<int64_t>(sample[i].size()) != wanted)
                return types::fail("has " + std::to_string(sample[i].size()) +
                                       " values, the model's input " + std::to_string(i) +
                                       " takes " + std::to_string(wanted),
                                   where, kRemedy);
        }
    }
    return {};
}

void writeInputs(const Graph& graph, const RealSample& sample, lowering::Execution& execution) {
    for (size_t i = 0; i < sample.size(); ++i) {
        const auto bytes = analysis::encode(graph.tensor(graph.inputs[i]), sample[i]);
        std::copy(bytes.begin(), bytes.end(), execution.input(i).begin());
    }
}

RealInputsPtr randomInputs(const Graph& graph, int32_t count, uint64_t seed) {
    auto inputs = std::make_shared<RealInputs>();
    inputs->source = std::to_string(count) + " random inputs, seed " + std::to_string(seed);
    lowering::SeededInputs random(graph, seed);
    for (int32_t s = 0; s < count; ++s) {
        RealSample& sample = inputs->samples.emplace_back();
        for (size_t i = 0; i < graph.inputs.size(); ++i) {
            const types::Tensor& tensor = graph.tensor(graph.inputs[i]);
            std::vector<uint8_t> bytes(static_cast<size_t>(tensor.bytes()));
            random.fill(i, bytes);
            sample.push_back(analysis::dequantize(tensor, bytes));
        }
    }
    return inputs;
}

}  // namespace calibration

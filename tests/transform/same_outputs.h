// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs two graphs on the same seeded inputs and compares their outputs byte for byte.

#include <gtest/gtest.h>

#include <vector>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "types/graph.h"

namespace surgery {

using Outputs = std::vector<std::vector<uint8_t>>;

/// Outputs of the last of three invokes, so that state is tested.
inline Outputs outputsOf(const types::Graph& graph, uint64_t seed) {
    // Plain kernels: the vector ones may add floats in another order once a layer is narrower.
    auto execution = lowering::Execution::create(graph, lowering::Kernels::Reference);
    EXPECT_TRUE(execution) << execution.error().message();
    if (!execution) return {};
    lowering::SplitMix64 random(seed);
    Outputs outputs(execution->outputCount());
    for (int invoke = 0; invoke < 3; ++invoke) {
        for (size_t i = 0; i < execution->inputCount(); ++i)
            lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution->input(i));
        const auto done = execution->invoke();
        EXPECT_TRUE(done) << done.error().message();
    }
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto bytes = execution->output(i);
        outputs[i].assign(bytes.begin(), bytes.end());
    }
    return outputs;
}

inline void expectSameOutputs(const types::Graph& a, const types::Graph& b) {
    for (uint64_t seed = 1; seed <= 3; ++seed)
        EXPECT_EQ(outputsOf(a, seed), outputsOf(b, seed));
}

inline bool runnable(const types::Graph& graph) {
    return lowering::checkRunnable(graph).has_value();
}

}  // namespace surgery

// SPDX-License-Identifier: GPL-3.0-or-later
// The scales of untrained int8 models are made by arithmetic alone; running them shows that the
// codes are used and that outputs depend on the inputs.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "zoo/reference_models.h"

namespace {

using types::Graph;

constexpr int kSamples = 4;

struct CodeSpread {
    double deviation = 0, atTop = 0;
};

CodeSpread spreadOf(std::span<const uint8_t> bytes) {
    double sum = 0, squares = 0, top = 0;
    for (uint8_t byte : bytes) {
        const auto code = static_cast<int8_t>(byte);
        sum += code;
        squares += code * code;
        if (code == 127) ++top;
    }
    const auto count = static_cast<double>(bytes.size());
    const double mean = sum / count;
    return {std::sqrt(squares / count - mean * mean), top / count};
}

void expectUsedCodes(const Graph& graph) {
    auto execution = lowering::Execution::create(graph);
    ASSERT_TRUE(execution) << execution.error().message();
    lowering::SplitMix64 random(1);
    std::set<std::vector<uint8_t>> outputs;
    for (int sample = 0; sample < kSamples; ++sample) {
        lowering::fillSeeded(random, types::DataType::Int8, execution->input(0));
        const auto done = execution->invoke([&](size_t op) {
            const CodeSpread spread = spreadOf(execution->tensor(graph.ops[op].output(0)));
            const bool softmax = graph.ops[op].kind == types::OpKind::SOFTMAX;
            EXPECT_GT(spread.deviation, softmax ? 0 : 4) << types::opLabel(graph, op);
            EXPECT_LT(spread.atTop, 0.03) << types::opLabel(graph, op);
        });
        ASSERT_TRUE(done) << done.error().message();
        outputs.emplace(execution->output(0).begin(), execution->output(0).end());
    }
    EXPECT_EQ(outputs.size(), static_cast<size_t>(kSamples)) << "outputs ignore the inputs";
}

TEST(CodeSpread, Int8ModelsUseTheirCodes) {
    for (const auto& model : zoo::bundledModels()) {
        if (model.precision != zoo::Precision::Int8) continue;
        SCOPED_TRACE(model.name);
        expectUsedCodes(*model.build(model.precision).value());
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Subgraphs that operators call, resource variables, and what is refused about them. The goldens
// (golden_runs_test.cpp) compare results with TFLM's.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "memory/best_planner.h"
#include "memory/operator_order.h"
#include "tflite/read.h"

namespace {

using lowering::Execution;
using lowering::Kernels;
using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;

constexpr const char* kModels[] = {
    "stream_int8_00", "variables_mixed_00",  "if_float32_00",        "while_float32_00",
    "while_int8_00",  "while_if_float32_00", "slice_runtime_int8_00"};

types::GraphPtr golden(const std::string& name) {
    const auto graph =
        tflite::read(NETCALIPER_SOURCE_DIR "/tests/golden/models/" + name + ".tflite");
    EXPECT_TRUE(graph) << graph.error().message();
    return graph ? *graph : nullptr;
}

using Outputs = std::vector<std::vector<uint8_t>>;

/// Outputs of five invokes, so that state reaches from one to the next.
Outputs outputsUnder(const Graph& graph, const types::MemoryPlan& plan, Kernels kernels) {
    auto lowered = lowering::lower(graph, plan);
    EXPECT_TRUE(lowered) << lowered.error().message();
    if (!lowered) return {};
    Execution execution(std::move(*lowered), kernels);
    lowering::SplitMix64 random(1);
    Outputs outputs;
    for (int invoke = 0; invoke < 5; ++invoke) {
        for (size_t i = 0; i < execution.inputCount(); ++i)
            lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution.input(i));
        EXPECT_TRUE(execution.invoke());
        for (size_t i = 0; i < execution.outputCount(); ++i)
            outputs.emplace_back(execution.output(i).begin(), execution.output(i).end());
    }
    return outputs;
}

TEST(ControlFlow, EveryPlanAndKernelSetGivesTheSame) {
    for (const char* name : kModels) {
        SCOPED_TRACE(name);
        const auto graph = golden(name);
        ASSERT_NE(graph, nullptr);
        const auto needs = lowering::planNeeds(*graph);
        const auto greedy = memory::planGreedy(*graph, needs.scratch);
        const Outputs wanted = outputsUnder(*graph, greedy, Kernels::Reference);
        for (const auto& plan :
             {greedy, memory::planBest(*graph, needs.scratch), lowering::netcaliperPlan(*graph)})
            for (const Kernels kernels : {Kernels::Reference, Kernels::Fast})
                EXPECT_EQ(outputsUnder(*graph, plan, kernels), wanted);
    }
}

TEST(ControlFlow, TheOrderOfLeastMemoryGivesTheSame) {
    for (const char* name : kModels) {
        SCOPED_TRACE(name);
        const auto graph = golden(name);
        ASSERT_NE(graph, nullptr);
        const auto needs = lowering::planNeeds(*graph);
        const auto found = memory::searchOrder(*graph, needs.scratch, needs.overwritable);
        const auto ordered = memory::withOrder(*graph, found.order);
        auto plan = memory::planGreedy(ordered, memory::withOrder(needs.scratch, found.order));
        plan.order = found.order;
        EXPECT_EQ(outputsUnder(*graph, plan, Kernels::Fast),
                  outputsUnder(*graph, memory::planGreedy(*graph, needs.scratch), Kernels::Fast));
    }
}

TEST(ControlFlow, SiblingsAndResetStartFromTheFirstState) {
    const auto graph = golden("stream_int8_00");
    ASSERT_NE(graph, nullptr);
    auto execution = Execution::create(*graph);
    ASSERT_TRUE(execution) << execution.error().message();
    const auto outputOf = [](Execution& run) {
        std::fill(run.input(0).begin(), run.input(0).end(), uint8_t{3});
        EXPECT_TRUE(run.invoke());
        return std::vector<uint8_t>(run.output(0).begin(), run.output(0).end());
    };
    const auto first = outputOf(*execution), second = outputOf(*execution);
    EXPECT_NE(first, second);
    Execution sibling = execution->sibling();
    EXPECT_EQ(outputOf(sibling), first);
    execution->resetState();
    EXPECT_EQ(outputOf(*execution), first);
    EXPECT_EQ(outputOf(*execution), second);
}

Op call(OpKind kind, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
        types::SubgraphOptions called) {
    Op op;
    op.kind = kind;
    op.inputs = std::move(inputs);
    op.outputs = std::move(outputs);
    op.options = called;
    return op;
}

types::Tensor tensorOf(DataType type, types::Shape shape, uint32_t buffer = 0) {
    types::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.buffer = buffer;
    return tensor;
}

/// WHILE with a condition that is the constant `flag` and a body that hands its variable on.
Graph loop(uint8_t flag) {
    Graph graph;
    graph.name = "loop";
    graph.buffers = {types::Bytes(), types::Bytes(std::vector<uint8_t>{flag})};
    graph.tensors = {tensorOf(DataType::Float32, {2}), tensorOf(DataType::Float32, {2})};
    graph.inputs = {0};
    graph.outputs = {1};
    graph.ops = {call(OpKind::WHILE, {0}, {1}, {1, 2})};
    types::Subgraph condition, body;
    condition.tensors = {tensorOf(DataType::Float32, {2}), tensorOf(DataType::Bool, {1}, 1)};
    condition.inputs = {0};
    condition.outputs = {1};
    body.tensors = {tensorOf(DataType::Float32, {2})};
    body.inputs = body.outputs = {0};
    graph.others = {condition, body};
    graph.subgraphCount = 3;
    return graph;
}

TEST(ControlFlow, AnEndlessLoopEndsWithAnError) {
    for (const Kernels kernels : {Kernels::Reference, Kernels::Fast}) {
        auto endless = Execution::create(loop(1), kernels);
        ASSERT_TRUE(endless) << endless.error().message();
        const auto ran = endless->invoke();
        ASSERT_FALSE(ran);
        EXPECT_NE(ran.error().what.find("rounds"), std::string::npos) << ran.error().message();
        auto never = Execution::create(loop(0), kernels);
        ASSERT_TRUE(never);
        const float values[] = {1.5f, -2.0f};
        std::memcpy(never->input(0).data(), values, sizeof values);
        ASSERT_TRUE(never->invoke());
        EXPECT_EQ(std::memcmp(never->output(0).data(), values, sizeof values), 0);
    }
}

std::string refusal(const Graph& graph) {
    const auto runnable = lowering::checkRunnable(graph);
    return runnable ? "" : runnable.error().message();
}

TEST(ControlFlow, RefusalsNameTheSubgraphAndTheReason) {
    EXPECT_EQ(refusal(loop(0)), "");
    Graph missing = loop(0);
    missing.others.pop_back();
    EXPECT_NE(refusal(missing).find("subgraph 2, which does not exist"), std::string::npos)
        << refusal(missing);
    Graph damaged = loop(0);
    damaged.others[1].problem = "torn";
    EXPECT_NE(refusal(damaged).find("subgraph 2, which is damaged (torn)"), std::string::npos);
    Graph longer = loop(0);
    longer.others[1].tensors[0].shape = {3};
    EXPECT_NE(refusal(longer).find("other types or sizes"), std::string::npos);
    Graph unknown = loop(0);
    unknown.others[1].tensors.push_back(tensorOf(DataType::Float32, {2}));
    unknown.others[1].ops = {call(OpKind::RNN, {0}, {1}, {})};
    unknown.others[1].outputs = {1};
    EXPECT_NE(refusal(unknown).find("subgraph 2, which cannot run (#0 RNN"), std::string::npos)
        << refusal(unknown);
}

TEST(ControlFlow, AVariableWithoutHandleOrOfAnotherSizeIsRefused) {
    Graph graph = *golden("variables_mixed_00");
    for (types::Tensor& tensor : graph.tensors)
        if (tensor.type == DataType::Float32) tensor.shape = {5};
    EXPECT_EQ(refusal(graph), "");
    graph.tensors[static_cast<size_t>(graph.outputs[0])].shape = {4};
    EXPECT_NE(refusal(graph).find("copies 16 bytes, the variable 'sum' has 20"), std::string::npos)
        << refusal(graph);
    Graph orphan = *golden("variables_mixed_00");
    std::erase_if(orphan.ops, [](const Op& op) { return op.kind == OpKind::VAR_HANDLE; });
    EXPECT_NE(refusal(orphan).find("a handle that no VAR_HANDLE gives"), std::string::npos);
}

/// A chain of IFs, each in the branch of the one before.
TEST(ControlFlow, DeepCallsAreRefused) {
    const auto chain = [](int32_t depth) {
        Graph graph;
        graph.buffers = {types::Bytes()};
        const auto fill = [&](auto& part, int32_t next) {
            part.tensors = {tensorOf(DataType::Bool, {1}), tensorOf(DataType::Bool, {1})};
            part.inputs = {0};
            part.outputs = {next > 0 ? 1 : 0};
            if (next > 0) part.ops = {call(OpKind::IF, {0, 0}, {1}, {next, next})};
        };
        fill(graph, 1);
        for (int32_t i = 1; i <= depth; ++i) {
            types::Subgraph part;
            fill(part, i < depth ? i + 1 : 0);
            graph.others.push_back(part);
        }
        return graph;
    };
    EXPECT_EQ(refusal(chain(10)), "");
    EXPECT_NE(refusal(chain(1000)).find("more than 16 others"), std::string::npos)
        << refusal(chain(1000));
}

}  // namespace

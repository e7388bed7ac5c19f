// SPDX-License-Identifier: GPL-3.0-or-later
// Execution and the Program it makes: ownership, position independence, state.
#include "lowering/execution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "runtime/run.h"

namespace {

using types::DataType;

types::Tensor tensor(const char* name, DataType type, types::Shape shape) {
    types::Tensor t;
    t.name = name;
    t.type = type;
    t.shape = std::move(shape);
    return t;
}

types::Bytes floats(const std::vector<float>& values) {
    std::vector<uint8_t> bytes(values.size() * 4);
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return types::Bytes(std::move(bytes));
}

/// output = input + {10, 20}, then reshaped.
types::Graph addConstant() {
    types::Graph graph;
    graph.name = "add";
    graph.buffers = {types::Bytes(), floats({10, 20})};
    graph.tensors = {
        tensor("in", DataType::Float32, {1, 2}), tensor("weights", DataType::Float32, {2}),
        tensor("sum", DataType::Float32, {1, 2}), tensor("out", DataType::Float32, {2})};
    graph.tensors[1].buffer = 1;
    types::Op add, reshape;
    add.options = types::ArithmeticOptions{};
    add.inputs = {0, 1};
    add.outputs = {2};
    reshape.kind = types::OpKind::RESHAPE;
    reshape.options = types::ReshapeOptions{};
    reshape.inputs = {2};
    reshape.outputs = {3};
    graph.ops = {add, reshape};
    graph.inputs = {0};
    graph.outputs = {3};
    return graph;
}

/// State of rank 1: output = newest input + what was before.
types::Graph accumulate() {
    types::Graph graph;
    graph.name = "svdf";
    graph.buffers = {types::Bytes(), floats({1}), floats({1, 1})};
    graph.tensors = {
        tensor("in", DataType::Float32, {1, 1}), tensor("feature", DataType::Float32, {1, 1}),
        tensor("time", DataType::Float32, {1, 2}), tensor("state", DataType::Float32, {1, 2}),
        tensor("out", DataType::Float32, {1, 1})};
    graph.tensors[1].buffer = 1;
    graph.tensors[2].buffer = 2;
    graph.tensors[3].isVariable = true;
    types::Op svdf;
    svdf.kind = types::OpKind::SVDF;
    svdf.options = types::SvdfOptions{};
    svdf.inputs = {0, 1, 2, -1, 3};
    svdf.outputs = {4};
    graph.ops = {svdf};
    graph.inputs = {0};
    graph.outputs = {4};
    return graph;
}

void set(std::span<uint8_t> bytes, const std::vector<float>& values) {
    ASSERT_EQ(bytes.size(), values.size() * 4);
    std::memcpy(bytes.data(), values.data(), bytes.size());
}

std::vector<float> get(std::span<const uint8_t> bytes) {
    std::vector<float> values(bytes.size() / 4);
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

lowering::Lowered lowered(const types::Graph& graph) {
    return *lowering::lower(graph, memory::planGreedy(graph, lowering::scratchNeeds(graph)));
}

TEST(Execution, OutlivesItsGraph) {
    auto execution = [] { return *lowering::Execution::create(addConstant()); }();
    ASSERT_EQ(execution.inputCount(), 1u);
    set(execution.input(0), {1, 2});
    std::vector<size_t> seen;
    ASSERT_TRUE(execution.invoke([&](size_t op) { seen.push_back(op); }));
    EXPECT_EQ(get(execution.output(0)), (std::vector<float>{11, 22}));
    EXPECT_EQ(seen, (std::vector<size_t>{0, 1}));
}

TEST(Execution, ProgramsShareOneBlob) {
    const auto program = lowered(addConstant());
    lowering::Execution first(program), second(program);
    set(first.input(0), {1, 2});
    set(second.input(0), {3, 4});
    ASSERT_TRUE(first.invoke());
    ASSERT_TRUE(second.invoke());
    EXPECT_EQ(get(first.output(0)), (std::vector<float>{11, 22}));
    EXPECT_EQ(get(second.output(0)), (std::vector<float>{13, 24}));
}

TEST(Execution, BlobIsPositionIndependentAndAligned) {
    const auto program = lowered(addConstant());
    const auto& words = *program.words;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(words.data()) % runtime::kAlignment, 0u);
    std::vector<uint64_t> moved(words.size() + 2);
    std::copy(words.begin(), words.end(), moved.begin() + 2);
    const auto& header = *reinterpret_cast<const runtime::Program*>(moved.data() + 2);
    EXPECT_EQ(header.bytes, program.programBytes);
    EXPECT_GE(program.programBytes, program.preparedBytes + 8);
    alignas(16) uint8_t arena[256] = {};
    ASSERT_LE(header.arenaBytes, sizeof arena);
    const runtime::Memory memory{arena, nullptr};
    const float values[] = {5, 6};
    std::memcpy(runtime::addressOf(header, memory, header.input(0)), values, sizeof values);
    ASSERT_EQ(runtime::run(header, runtime::referenceKernels(), memory), runtime::Status::Ok);
    float result[2];
    std::memcpy(result, runtime::addressOf(header, memory, header.output(0)), sizeof result);
    EXPECT_EQ(result[0], 15);
    EXPECT_EQ(result[1], 26);
}

TEST(Execution, KeepsAndResetsState) {
    auto execution = *lowering::Execution::create(accumulate());
    const auto next = [&](float value) {
        set(execution.input(0), {value});
        EXPECT_TRUE(execution.invoke());
        return get(execution.output(0))[0];
    };
    EXPECT_EQ(next(1), 1);
    EXPECT_EQ(next(2), 3);
    EXPECT_EQ(next(4), 6);
    execution.resetState();
    EXPECT_EQ(next(4), 4);
}

TEST(Execution, TensorsOfTheGraphCanBeRead) {
    auto execution = *lowering::Execution::create(addConstant());
    set(execution.input(0), {1, 2});
    std::vector<float> sum;
    ASSERT_TRUE(execution.invoke([&](size_t op) {
        if (op == 0) sum = get(execution.tensor(2));
    }));
    EXPECT_EQ(sum, (std::vector<float>{11, 22}));
    EXPECT_EQ(get(execution.tensor(1)), (std::vector<float>{10, 20}));
}

TEST(Execution, AForeignPlanIsRefused) {
    const types::Graph graph = addConstant();
    EXPECT_FALSE(lowering::lower(graph, {}));
    types::MemoryPlan plan = memory::planGreedy(graph, lowering::scratchNeeds(graph));
    plan.buffers.clear();
    EXPECT_FALSE(lowering::lower(graph, plan));
}

TEST(Execution, ConstantInputsAreRefused) {
    types::Graph graph = addConstant();
    graph.inputs = {0, 1};
    EXPECT_FALSE(lowering::Execution::create(graph));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Every fast kernel against its plain twin on random shapes, for every instruction set that this
// machine has: integers bit for bit, floats within 1e-5 of the sum of what was added.

#include <gtest/gtest.h>
#include <hwy/targets.h>
#include <rapidcheck.h>

#include <array>
#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "random_op.h"
#include "single_op.h"

namespace {

using lowering::Execution;
using lowering::Kernels;
using types::DataType;
using types::OpKind;

constexpr double kTolerance = 1e-5;
constexpr char kRapidcheckParameters[] = "seed=1 max_success=150";

/// One instruction set of this machine: fast kernels are chosen for it alone.
class FastKernels : public testing::TestWithParam<int64_t> {
protected:
    static void SetUpTestSuite() { setenv("RC_PARAMS", kRapidcheckParameters, 0); }
    void SetUp() override { use(GetParam()); }
    void TearDown() override { use(0); }

    static void use(int64_t target) {
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
};

std::vector<int64_t> targetsHere() {
    std::vector<int64_t> targets;
    for (const int64_t target : {HWY_AVX2, HWY_AVX3, HWY_AVX3_DL, HWY_NEON})
        if ((hwy::SupportedTargets() & target) != 0) targets.push_back(target);
    return targets;
}

INSTANTIATE_TEST_SUITE_P(Targets, FastKernels, testing::ValuesIn(targetsHere()),
                         [](const auto& target) { return hwy::TargetName(target.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FastKernels);

std::vector<uint8_t> outputOf(const types::Graph& graph, const types::MemoryPlan& plan,
                              Kernels kernels, uint64_t seed) {
    auto lowered = lowering::lower(graph, plan);
    RC_ASSERT(lowered.has_value());
    Execution execution(std::move(*lowered), kernels);
    lowering::SplitMix64 generator(seed);
    for (size_t i = 0; i < execution.inputCount(); ++i)
        lowering::fillSeeded(generator, graph.tensor(graph.inputs[i]).type, execution.input(i));
    RC_ASSERT(execution.invoke().has_value());
    const auto bytes = execution.output(0);
    return {bytes.begin(), bytes.end()};
}

/// Inputs and weights lie within [-1, 1], so a sum of n values errs by about n roundings of 1.
double scaleOf(const types::Graph& graph) {
    const types::Op& op = graph.ops[0];
    const auto elements = [&](int32_t tensor) {
        return static_cast<double>(graph.tensor(tensor).elements());
    };
    if (op.kind == OpKind::SUM) return elements(op.inputs[0]) / elements(op.outputs[0]);
    if (op.input(1) < 0 || !graph.isConstant(op.inputs[1])) return 1.0;
    const types::Shape& weights = graph.tensor(op.inputs[1]).shape;
    const int32_t channels = op.kind == OpKind::DEPTHWISE_CONV_2D ? weights[3] : weights[0];
    return 1.0 + elements(op.inputs[1]) / channels;
}

void expectSame(const types::Graph& graph) {
    if (!Execution::create(graph)) RC_DISCARD("has no plain kernel");
    const auto seed = *rc::gen::arbitrary<uint64_t>();
    const auto apart = memory::planGreedy(graph, lowering::scratchNeeds(graph));
    const auto plain = outputOf(graph, apart, Kernels::Reference, seed);
    const auto fast = outputOf(graph, apart, Kernels::Fast, seed);
    RC_ASSERT(plain.size() == fast.size());
    // In place, where the operator permits that.
    const auto inPlace = lowering::netcaliperPlan(graph);
    RC_ASSERT(outputOf(graph, inPlace, Kernels::Reference, seed) == plain);
    RC_ASSERT(outputOf(graph, inPlace, Kernels::Fast, seed) == fast);
    if (graph.tensor(graph.outputs[0]).type != DataType::Float32) {
        RC_ASSERT(plain == fast);
        return;
    }
    for (size_t i = 0; i < plain.size(); i += 4) {
        float wanted, got;
        std::memcpy(&wanted, plain.data() + i, 4);
        std::memcpy(&got, fast.data() + i, 4);
        RC_ASSERT(std::abs(got - wanted) <= kTolerance * scaleOf(graph));
    }
}

TEST_P(FastKernels, ConvolutionInt8) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomConvolution(DataType::Int8)); }));
}
TEST_P(FastKernels, ConvolutionInt16) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomConvolution(DataType::Int16)); }));
}
TEST_P(FastKernels, ConvolutionFloat32) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomConvolution(DataType::Float32)); }));
}
TEST_P(FastKernels, TransposedInt8) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomTransposed(DataType::Int8)); }));
}
TEST_P(FastKernels, TransposedInt16) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomTransposed(DataType::Int16)); }));
}
TEST_P(FastKernels, TransposedFloat32) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomTransposed(DataType::Float32)); }));
}
TEST_P(FastKernels, DepthwiseInt8) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomDepthwise(DataType::Int8)); }));
}
TEST_P(FastKernels, DepthwiseInt16) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomDepthwise(DataType::Int16)); }));
}
TEST_P(FastKernels, DepthwiseFloat32) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomDepthwise(DataType::Float32)); }));
}
TEST_P(FastKernels, FullyConnectedInt8) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomFullyConnected(DataType::Int8)); }));
}
TEST_P(FastKernels, FullyConnectedInt16) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomFullyConnected(DataType::Int16)); }));
}
TEST_P(FastKernels, FullyConnectedFloat32) {
    EXPECT_TRUE(rc::check([] { expectSame(test::randomFullyConnected(DataType::Float32)); }));
}

TEST_P(FastKernels, BinaryInt8) {
    for (const OpKind kind : {OpKind::ADD, OpKind::SUB, OpKind::MUL})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomBinary(kind, DataType::Int8)); }));
}
TEST_P(FastKernels, BinaryInt16) {
    for (const OpKind kind : {OpKind::ADD, OpKind::SUB, OpKind::MUL})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomBinary(kind, DataType::Int16)); }));
}
TEST_P(FastKernels, BinaryFloat32) {
    for (const OpKind kind : {OpKind::ADD, OpKind::SUB, OpKind::MUL})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomBinary(kind, DataType::Float32)); }));
}

/// Tests every pair of these values, in vectors and in the rest of a row.
std::vector<float> resultsAtTheEnds(const types::Graph& graph, Kernels kernels) {
    constexpr std::array kEnds = {FLT_MAX, -FLT_MAX, INFINITY, -INFINITY, 0.0f,  -0.0f,   3e38f,
                                  -3e38f,  1e30f,    -1e30f,   1.0f,      -1.0f, FLT_MIN, 7.0f};
    auto execution = Execution::create(graph, kernels);
    auto* left = reinterpret_cast<float*>(execution->input(0).data());
    auto* right = reinterpret_cast<float*>(execution->input(1).data());
    const auto count = static_cast<size_t>(graph.tensor(graph.outputs[0]).elements());
    for (size_t i = 0; i < count; ++i) {
        left[i] = kEnds[i % kEnds.size()];
        right[i] = kEnds[i / kEnds.size() % kEnds.size()];
    }
    EXPECT_TRUE(execution->invoke().has_value());
    const auto* results = reinterpret_cast<const float*>(execution->output(0).data());
    return {results, results + count};
}

TEST_P(FastKernels, BinaryFloat32ClampsWhatOverflows) {
    using types::Activation;
    const types::Shape shape = {1, 1, 5, 83};
    for (const OpKind kind : {OpKind::ADD, OpKind::SUB, OpKind::MUL})
        for (const auto activation : {Activation::None, Activation::Relu, Activation::Relu6}) {
            test::SingleOp single(kind, DataType::Float32);
            types::ArithmeticOptions options;
            options.activation = activation;
            single.op().options = options;
            single.input(shape);
            single.input(shape);
            const types::Graph graph = single.finish(shape);
            const auto wanted = resultsAtTheEnds(graph, Kernels::Reference);
            const auto got = resultsAtTheEnds(graph, Kernels::Fast);
            for (size_t i = 0; i < wanted.size(); ++i) {
                if (std::isnan(wanted[i])) continue;
                EXPECT_EQ(got[i], wanted[i]) << i;
            }
        }
}

TEST_P(FastKernels, PoolInt8) {
    for (const OpKind kind : {OpKind::AVERAGE_POOL_2D, OpKind::MAX_POOL_2D})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomPool(kind, DataType::Int8)); }));
}
TEST_P(FastKernels, PoolInt16) {
    for (const OpKind kind : {OpKind::AVERAGE_POOL_2D, OpKind::MAX_POOL_2D})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomPool(kind, DataType::Int16)); }));
}
TEST_P(FastKernels, PoolFloat32) {
    for (const OpKind kind : {OpKind::AVERAGE_POOL_2D, OpKind::MAX_POOL_2D})
        EXPECT_TRUE(rc::check([kind] { expectSame(test::randomPool(kind, DataType::Float32)); }));
}

TEST_P(FastKernels, MeanAndSum) {
    for (const OpKind kind : {OpKind::MEAN, OpKind::SUM})
        for (const DataType type : {DataType::Int8, DataType::Int16, DataType::Float32})
            EXPECT_TRUE(rc::check([=] { expectSame(test::randomMean(kind, type)); }));
}

TEST_P(FastKernels, PadAndSoftmax) {
    for (const DataType type : {DataType::Int8, DataType::Float32}) {
        EXPECT_TRUE(rc::check([=] { expectSame(test::randomPad(type)); }));
        EXPECT_TRUE(rc::check([=] { expectSame(test::randomSoftmax(type)); }));
    }
}

TEST_P(FastKernels, SoftmaxOfNaNIsNaN) {
    for (const int32_t depth : {5, 16, 40}) {
        test::SingleOp single(OpKind::SOFTMAX, DataType::Float32);
        single.op().options = types::SoftmaxOptions{};
        single.input({1, depth});
        const types::Graph graph = single.finish({1, depth});
        auto execution = Execution::create(graph, Kernels::Fast);
        const auto bytes = execution->input(0);
        std::memset(bytes.data(), 0, bytes.size());
        reinterpret_cast<float*>(bytes.data())[depth / 2] = NAN;
        EXPECT_TRUE(execution->invoke().has_value());
        for (int32_t i = 0; i < depth; ++i)
            EXPECT_TRUE(std::isnan(reinterpret_cast<const float*>(execution->output(0).data())[i]));
    }
}

TEST_P(FastKernels, WorkspaceOfLongFiltersIsModest) {
    EXPECT_TRUE(rc::check([] {
        test::SingleOp single(OpKind::DEPTHWISE_CONV_2D, DataType::Int8);
        types::WindowOptions options;
        options.padding = types::Padding::Valid;
        options.depthMultiplier = 1;
        single.op().options = options;
        single.input({1, 2000, 1, 64});
        single.weights({1, 1000, 1, 64}, 3);
        const auto execution = Execution::create(single.finish({1, 1001, 1, 64}), Kernels::Fast);
        RC_PRE(execution.has_value());
        RC_ASSERT(execution->workspaceBytes() <= size_t{1} << 24);
    }));
}

TEST_P(FastKernels, Conversions) {
    constexpr DataType kInt8 = DataType::Int8, kFloat = DataType::Float32;
    const auto check = [](OpKind kind, DataType from, DataType to) {
        EXPECT_TRUE(rc::check([=] { expectSame(test::randomConversion(kind, from, to)); }));
    };
    check(OpKind::QUANTIZE, kFloat, kInt8);
    check(OpKind::QUANTIZE, kInt8, kInt8);
    check(OpKind::DEQUANTIZE, kInt8, kFloat);
}

}  // namespace

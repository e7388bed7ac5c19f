// SPDX-License-Identifier: GPL-3.0-or-later
// The float operators over all floats, with both kernel sets, against the TFLite reference kernel's
// formula computed with the C library. DISABLED_ tests draw 10^7 values per operator.

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "support/float_samples.h"
#include "lowering/execution.h"
#include "single_op.h"

namespace {

using lowering::Execution;
using lowering::Kernels;
using types::DataType;
using types::OpKind;
using Floats = std::vector<float>;

constexpr Kernels kKernelSets[] = {Kernels::Reference, Kernels::Fast};

/// Runs the only operator of a graph; operand i is `operands[i]`.
Floats run(const types::Graph& graph, Kernels kernels, const std::vector<Floats>& operands) {
    auto execution = Execution::create(graph, kernels);
    EXPECT_TRUE(execution.has_value()) << execution.error().what;
    for (size_t i = 0; i < operands.size(); ++i)
        std::memcpy(execution->input(i).data(), operands[i].data(), operands[i].size() * 4);
    EXPECT_TRUE(execution->invoke().has_value());
    const auto bytes = execution->output(0);
    Floats values(bytes.size() / 4);
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

types::Graph graphOf(OpKind kind, types::OpOptions options, size_t operands,
                     const types::Shape& shape) {
    test::SingleOp single(kind, DataType::Float32);
    single.op().options = std::move(options);
    for (size_t i = 0; i < operands; ++i)
        single.input(shape);
    return single.finish(shape);
}

Floats samples(int64_t random, uint64_t seed) {
    Floats values = test::specialFloats();
    test::RandomFloats draw(seed);
    for (int64_t i = 0; i < random; ++i)
        values.push_back(draw());
    return values;
}

// ---- One operand ------------------------------------------------------------------------------

struct Unary {
    OpKind kind;
    double (*exact)(float);
    double bound;  ///< units of the last place
    types::OpOptions options = {};
};

double wide(float x) {
    return static_cast<double>(x);
}
float clampFloat(float x, float low, float high) {
    return std::min(std::max(x, low), high);
}
float roundEven(float x) {
    const float below = std::floor(x), rest = x - below;
    const bool down = rest < 0.5f || (rest == 0.5f && std::fmod(below, 2.0f) == 0.0f);
    return down ? below : below + 1.0f;
}

const Unary kUnary[] = {
    {OpKind::ABS, [](float x) { return wide(std::fabs(x)); }, 0.0},
    {OpKind::CEIL, [](float x) { return wide(std::ceil(x)); }, 0.0},
    {OpKind::COS, [](float x) { return std::cos(wide(x)); }, 2.0},
    {OpKind::ELU, [](float x) { return x < 0.0f ? std::expm1(wide(x)) : wide(x); }, 2.0},
    {OpKind::EXP, [](float x) { return std::exp(wide(x)); }, 1.0},
    {OpKind::FLOOR, [](float x) { return wide(std::floor(x)); }, 0.0},
    {OpKind::HARD_SWISH,
     [](float x) { return wide(x * std::min(6.0f, std::max(0.0f, x + 3.0f)) / 6.0f); }, 0.0},
    {OpKind::LEAKY_RELU, [](float x) { return wide(x > 0.0f ? x : x * 0.25f); }, 0.0,
     types::LeakyReluOptions{0.25f}},
    {OpKind::LOG, [](float x) { return std::log(wide(x)); }, 1.0},
    {OpKind::LOGISTIC,
     [](float x) {
         if (x > 16.619047164916992188f) return 1.0;
         return x < -9.0f ? std::exp(wide(x)) : 1.0 / (1.0 + std::exp(-wide(x)));
     },
     2.5},
    {OpKind::NEG, [](float x) { return wide(-x); }, 0.0},
    {OpKind::RELU, [](float x) { return wide(x < 0.0f ? 0.0f : x); }, 0.0},
    {OpKind::RELU6, [](float x) { return wide(x > 6.0f   ? 6.0f
                                              : x < 0.0f ? 0.0f
                                                         : x); }, 0.0},
    {OpKind::ROUND, [](float x) { return wide(roundEven(x)); }, 0.0},
    {OpKind::RSQRT, [](float x) { return wide(1.0f / std::sqrt(x)); }, 0.0},
    {OpKind::SIN, [](float x) { return std::sin(wide(x)); }, 2.0},
    {OpKind::SQRT, [](float x) { return wide(std::sqrt(x)); }, 0.0},
    {OpKind::SQUARE, [](float x) { return wide(x * x); }, 0.0},
    {OpKind::TANH, [](float x) { return std::tanh(wide(x)); }, 1.5},
};

void checkUnary(int64_t random) {
    const Floats values = samples(random, 1);
    for (const Unary& op : kUnary)
        for (const Kernels kernels : kKernelSets) {
            const auto graph =
                graphOf(op.kind, op.options, 1, {1, static_cast<int32_t>(values.size())});
            const Floats results = run(graph, kernels, {values});
            double worst = 0;
            float place = 0;
            for (size_t i = 0; i < values.size(); ++i) {
                const double error = test::unitsApart(results[i], op.exact(values[i]));
                if (error > worst) worst = error, place = values[i];
            }
            std::printf("%s: at most %.4f units off, at %a\n", types::opName(op.kind).c_str(),
                        worst, wide(place));
            EXPECT_LE(worst, op.bound) << types::opName(op.kind) << " at " << place;
        }
}

TEST(FloatDomain, OneOperand) {
    checkUnary(20000);
}
TEST(FloatDomain, DISABLED_OneOperandOnTenMillion) {
    checkUnary(10000000);
}

// ---- Two operands -----------------------------------------------------------------------------

struct Binary {
    OpKind kind;
    float (*exact)(float, float);
    types::OpOptions options = {};
};

const Binary kBinary[] = {
    {OpKind::ADD, [](float a, float b) { return clampFloat(a + b, -FLT_MAX, FLT_MAX); },
     types::ArithmeticOptions{}},
    {OpKind::ADD, [](float a, float b) { return clampFloat(a + b, 0.0f, 6.0f); },
     types::ArithmeticOptions{types::Activation::Relu6}},
    {OpKind::SUB, [](float a, float b) { return clampFloat(a - b, 0.0f, FLT_MAX); },
     types::ArithmeticOptions{types::Activation::Relu}},
    {OpKind::MUL, [](float a, float b) { return clampFloat(a * b, -1.0f, 1.0f); },
     types::ArithmeticOptions{types::Activation::ReluN1To1}},
    {OpKind::DIV, [](float a, float b) { return clampFloat(a / b, -FLT_MAX, FLT_MAX); },
     types::ArithmeticOptions{}},
    {OpKind::MAXIMUM, [](float a, float b) { return a > b ? a : b; }},
    {OpKind::MINIMUM, [](float a, float b) { return a < b ? a : b; }},
    {OpKind::SQUARED_DIFFERENCE, [](float a, float b) { return (a - b) * (a - b); }},
    {OpKind::FLOOR_MOD,
     [](float a, float b) {
         const float rest = std::fmod(a, b);
         return rest != 0.0f && (b < 0.0f) != (rest < 0.0f) ? rest + b : rest;
     }},
};

void checkBinary(int64_t random) {
    const Floats special = test::specialFloats();
    Floats left = samples(random, 1), right = samples(random, 2);
    for (const float a : special)
        for (const float b : special)
            left.push_back(a), right.push_back(b);
    for (const Binary& op : kBinary)
        for (const Kernels kernels : kKernelSets) {
            const auto graph =
                graphOf(op.kind, op.options, 2, {1, static_cast<int32_t>(left.size())});
            const Floats results = run(graph, kernels, {left, right});
            for (size_t i = 0; i < left.size(); ++i)
                ASSERT_EQ(test::unitsApart(results[i], wide(op.exact(left[i], right[i]))), 0.0)
                    << types::opName(op.kind) << " of " << left[i] << " and " << right[i];
        }
}

TEST(FloatDomain, TwoOperands) {
    checkBinary(20000);
}
TEST(FloatDomain, DISABLED_TwoOperandsOnTenMillion) {
    checkBinary(10000000);
}

// ---- Rows -------------------------------------------------------------------------------------

/// Rows of `depth` values; the rows that begin with special values hold ordinary ones too.
Floats rowsOf(int32_t depth, int64_t random) {
    Floats values;
    test::RandomFloats draw(static_cast<uint64_t>(depth));
    for (const float x : test::specialFloats())
        for (int32_t i = 0; i < depth; ++i)
            values.push_back(i == 0 ? x : std::remainder(draw(), 50.0f));
    for (int64_t i = 0; i < random; ++i)
        values.push_back(draw());
    values.resize(values.size() / static_cast<size_t>(depth) * static_cast<size_t>(depth));
    return values;
}

using CheckRow = void (*)(const float* row, const float* results, size_t depth);

float largestOf(const float* row, size_t depth) {
    float largest = -FLT_MAX;
    for (size_t i = 0; i < depth; ++i)
        largest = std::max(largest, row[i]);
    return largest;
}

void checkSoftmax(const float* row, const float* results, size_t depth) {
    constexpr float kBeta = 0.7f;
    const float largest = largestOf(row, depth);
    double sum = 0;
    for (size_t i = 0; i < depth; ++i)
        sum += std::exp(wide((row[i] - largest) * kBeta));
    for (size_t i = 0; i < depth; ++i) {
        const double exact = std::exp(wide((row[i] - largest) * kBeta)) / sum;
        ASSERT_LE(test::unitsApart(results[i], exact), 4.0 + wide(depth)) << row[i];
    }
}

void checkLogSoftmax(const float* row, const float* results, size_t depth) {
    const float largest = largestOf(row, depth);
    double sum = 0;
    for (size_t i = 0; i < depth; ++i)
        sum += std::exp(wide(row[i] - largest));
    for (size_t i = 0; i < depth; ++i) {
        const double exact = wide(row[i] - largest) - std::log(sum);
        if (!std::isfinite(exact)) {
            ASSERT_EQ(test::unitsApart(results[i], exact), 0.0) << row[i];
            continue;
        }
        const double reach = std::max(1.0, std::max(std::abs(exact), std::log(sum)));
        ASSERT_LE(std::abs(wide(results[i]) - exact), (2.0 + wide(depth) / 2) * reach * 0x1p-23)
            << row[i];
    }
}

void checkL2Normalization(const float* row, const float* results, size_t depth) {
    float squares = 0.0f;
    for (size_t i = 0; i < depth; ++i)
        squares += row[i] * row[i];
    const float norm = std::max(std::sqrt(squares), 1e-6f);
    for (size_t i = 0; i < depth; ++i)
        ASSERT_EQ(test::unitsApart(results[i], wide(row[i] / norm)), 0.0) << row[i];
}

void checkRows(OpKind kind, types::OpOptions options, CheckRow check, int64_t random) {
    for (const int32_t depth : {1, 5, 16, 40})
        for (const Kernels kernels : kKernelSets) {
            const Floats values = rowsOf(depth, random);
            const auto rows = static_cast<int32_t>(values.size()) / depth;
            const auto graph = graphOf(kind, options, 1, {rows, depth});
            const Floats results = run(graph, kernels, {values});
            for (size_t at = 0; at < values.size(); at += static_cast<size_t>(depth))
                check(values.data() + at, results.data() + at, static_cast<size_t>(depth));
        }
}

void checkAllRows(int64_t random) {
    checkRows(OpKind::SOFTMAX, types::SoftmaxOptions{0.7f}, checkSoftmax, random);
    checkRows(OpKind::LOG_SOFTMAX, {}, checkLogSoftmax, random);
    checkRows(OpKind::L2_NORMALIZATION, types::ArithmeticOptions{}, checkL2Normalization, random);
}

TEST(FloatDomain, Rows) {
    checkAllRows(5000);
}
TEST(FloatDomain, DISABLED_RowsOnTenMillion) {
    checkAllRows(10000000);
}

// ---- Windows ----------------------------------------------------------------------------------

// Both kernel sets agree on NaN and infinities in a window: a maximum ignores NaN, an average and
// the clamp keep it.
TEST(FloatDomain, PoolsOfSpecialValues) {
    const Floats special = test::specialFloats();
    constexpr int32_t kChannels = 21;
    const auto pixels = static_cast<int32_t>(special.size());
    Floats image;
    for (int32_t i = 0; i < pixels * kChannels; ++i)
        image.push_back(special[static_cast<size_t>(i * 7) % special.size()]);
    for (const OpKind kind : {OpKind::MAX_POOL_2D, OpKind::AVERAGE_POOL_2D}) {
        types::WindowOptions window;
        window.filterWidth = 3, window.filterHeight = 1;
        window.activation = types::Activation::Relu6;
        test::SingleOp single(kind, DataType::Float32);
        single.op().options = window;
        single.input({1, 1, pixels, kChannels});
        const auto graph = single.finish({1, 1, pixels, kChannels});
        const Floats plain = run(graph, Kernels::Reference, {image});
        const Floats fast = run(graph, Kernels::Fast, {image});
        for (size_t i = 0; i < plain.size(); ++i)
            ASSERT_EQ(test::unitsApart(fast[i], wide(plain[i])), 0.0) << types::opName(kind);
    }
}

}  // namespace

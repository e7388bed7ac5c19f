// SPDX-License-Identifier: GPL-3.0-or-later
// Layers packed for Cortex-M: which ones are, and that the forms in which their biases and factors
// are stored give the codes of the plain arithmetic. The kernels themselves run in tests/firmware.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "lowering/pack/packed_channels.h"
#include "lowering/pack/packed_layers.h"
#include "lowering/pack/wide_channels.h"
#include "lowering/prepare/prepare.h"
#include "runtime/cortex_m/wide_channel.h"
#include "tflite/read.h"

namespace {

using runtime::Factor;
using runtime::PackedKernel;
using types::Isa;

class Packing : public testing::Test {
protected:
    static void SetUpTestSuite() { setenv("RC_PARAMS", "seed=4 max_success=300", 0); }
};

int64_t number(int64_t lowest, int64_t highest) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(lowest, highest + 1));
}

Factor factor(int32_t smallestShift, int32_t largestShift) {
    return {static_cast<int32_t>(number(1 << 30, INT32_MAX)),
            static_cast<int32_t>(number(smallestShift, largestShift))};
}

std::vector<int8_t> someWeights(int64_t most) {
    std::vector<int8_t> weights(static_cast<size_t>(number(1, most)));
    for (int8_t& weight : weights)
        weight = static_cast<int8_t>(number(-127, 127));
    return weights;
}

/// Extremes are as likely as anything between.
int32_t someCode(int32_t lowest, int32_t highest) {
    const int64_t kind = number(0, 3);
    return static_cast<int32_t>(kind == 0 ? lowest : kind == 1 ? highest : number(lowest, highest));
}

TEST_F(Packing, WideChannelsGiveThePlainCodes) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<int8_t> weights = someWeights(600);
        const int64_t bias = number(0, 3) == 0 ? number(-(int64_t{1} << 44), int64_t{1} << 44)
                                               : number(-100000, 100000);
        const Factor f = factor(-24, 2);
        std::vector<int8_t> kept = weights;
        const auto channel = lowering::scaledChannel(kept, bias, f);
        if (!channel) RC_DISCARD("is not packed");
        int64_t sum = bias;
        int32_t packed = 0;
        for (size_t i = 0; i < weights.size(); ++i) {
            const int32_t x = someCode(INT16_MIN, INT16_MAX);
            sum += x * weights[i];
            packed += x * kept[i];
        }
        const int32_t expected = runtime::multiplyByFactor(sum, f);
        RC_ASSERT(runtime::scaledWide(lowering::wideChannel(*channel), packed) == expected);
        if (!lowering::fitsWithBias(*channel)) return;
        const auto lanes = lowering::everySecondChannel({*channel}, 0);
        const int64_t product = int64_t{packed + lanes.bias[0]} * lanes.multiplier[0];
        RC_ASSERT(static_cast<int32_t>((product + (int64_t{1} << 31)) >> 32) == expected);
    }));
}

TEST_F(Packing, ConstantChannelsGiveThePlainCodes) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<int8_t> weights = someWeights(40);
        const auto bias = static_cast<int32_t>(number(INT32_MIN, INT32_MAX));
        const auto inputOffset = static_cast<int32_t>(number(-127, 128));
        const Factor f = factor(-30, 0);
        const auto range = lowering::rangeOf(weights, bias, inputOffset);
        const auto constant = lowering::constantChannel(range, f);
        if (!constant) RC_DISCARD("depends on its input");
        int32_t sum = bias;
        for (int8_t weight : weights)
            sum += (someCode(INT8_MIN, INT8_MAX) + inputOffset) * weight;
        const auto zeroPoint = static_cast<int32_t>(number(INT8_MIN, INT8_MAX));
        const auto code = [&](int32_t scaled) {
            return runtime::clamp(scaled + zeroPoint, INT8_MIN, INT8_MAX);
        };
        RC_ASSERT(code(runtime::multiplyByFactor(sum, f)) ==
                  code(runtime::multiplyByFactor(constant->bias, constant->factor)));
    }));
}

/// Bytes, with extremes as likely as anything between or, now and then, nothing else. From one
/// drawn seed, because drawing each takes long.
class DrawnBytes {
public:
    int8_t operator()() {
        const auto bits = static_cast<uint32_t>(m_engine());
        if (!m_extreme && bits % 3 != 0) return static_cast<int8_t>(bits >> 8);
        return static_cast<int8_t>(bits >> 8 & 1 ? INT8_MIN : INT8_MAX);
    }

private:
    std::minstd_rand m_engine{static_cast<uint32_t>(number(1, 1 << 30))};
    bool m_extreme = number(0, 2) == 0;
};

/// Rows of one length, those of half of the cases without the smallest weight.
lowering::Rows someRows() {
    lowering::Rows rows(static_cast<size_t>(number(1, 7)));
    const auto taps = static_cast<size_t>(number(1, 4) == 1 ? number(480, 600) : number(1, 40));
    const auto smallest = static_cast<int8_t>(number(0, 1) == 0 ? INT8_MIN : -127);
    DrawnBytes drawn;
    for (auto& row : rows)
        for (size_t tap = 0; tap < taps; ++tap)
            row.push_back(std::max(drawn(), smallest));
    return rows;
}

/// What a tile of the DSP extension sums for the rows of a pair whose words follow one another.
struct PairSums {
    uint32_t first = 0, second = 0;

    PairSums(const std::vector<int8_t>& packed, size_t from, size_t step, bool fused,
             const std::vector<int32_t>& codes) {
        constexpr size_t kTaps[] = {0, 2, 1, 3};
        uint32_t whole = 0;
        for (size_t four = 0; four < codes.size(); four += 4, from += step)
            for (size_t i = 0; i < 4; ++i) {
                const auto x = static_cast<uint32_t>(codes[four + kTaps[i]]);
                const int8_t low = packed[from + 2 * i], high = packed[from + 2 * i + 1];
                const int32_t half = static_cast<int16_t>(static_cast<uint16_t>(
                    static_cast<uint8_t>(high) << 8 | static_cast<uint8_t>(low)));
                first += x * static_cast<uint32_t>(low);
                second += x * static_cast<uint32_t>(high);
                whole += x * static_cast<uint32_t>(half);
            }
        if (fused) second = static_cast<uint32_t>(static_cast<int32_t>(whole - first) >> 8);
    }
};

TEST_F(Packing, PairsOfRowsSumUpApart) {
    int fusedOnes = 0;
    EXPECT_TRUE(rc::check([&fusedOnes] {
        const lowering::Rows rows = someRows();
        const size_t depth = lowering::roundedUp(rows[0].size(), 4);
        const bool fused = lowering::canFuse(rows);
        fusedOnes += fused;
        const auto perGroup = static_cast<size_t>(number(1, 2));
        const auto packed = lowering::inPairs(rows, depth, perGroup, fused);
        RC_ASSERT(packed.size() == lowering::roundedUp(rows.size(), 2 * perGroup) * depth);
        std::vector<int32_t> codes(depth);
        DrawnBytes drawn;
        for (int32_t& x : codes)
            x = drawn();
        const auto dot = [&](size_t row) {
            int32_t sum = 0;
            for (size_t tap = 0; row < rows.size() && tap < rows[row].size(); ++tap)
                sum += codes[tap] * rows[row][tap];
            return static_cast<uint32_t>(sum);
        };
        for (size_t row = 0; row < rows.size(); row += 2) {
            const size_t pair = row / 2, group = pair / perGroup;
            const PairSums sums(packed, group * perGroup * 2 * depth + pair % perGroup * 8,
                                8 * perGroup, fused, codes);
            RC_ASSERT(sums.first == dot(row));
            RC_ASSERT(sums.second == dot(row + 1));
        }
    }));
    EXPECT_GT(fusedOnes, 0);
}

TEST_F(Packing, PairsAreFusedWhereTheirWeightsAllowIt) {
    EXPECT_TRUE(lowering::canFuse({{-1}, {-127}}));
    EXPECT_TRUE(lowering::canFuse({{1}, {-128}}));
    EXPECT_TRUE(lowering::canFuse({{-128}, {-127}}));
    EXPECT_FALSE(lowering::canFuse({{-1}, {-128}}));
    EXPECT_TRUE(lowering::canFuse({{-128, -128}}));
    const std::vector<int8_t> some(512, 127), many(520, 127);
    EXPECT_TRUE(lowering::canFuse({some, some}));
    EXPECT_FALSE(lowering::canFuse({many, many}));
    EXPECT_TRUE(lowering::canFuse({many}));
}

/// Kernel of the first operator of a golden model.
uint32_t kernelOf(const std::string& name, Isa isa) {
    const auto graph =
        tflite::read(std::string(NETCALIPER_SOURCE_DIR) + "/tests/golden/models/" + name);
    EXPECT_TRUE(graph.has_value()) << name;
    const auto plan = lowering::planOp(**graph, 0, isa);
    EXPECT_TRUE(plan.has_value()) << name;
    return static_cast<uint32_t>(plan->kernel);
}

TEST_F(Packing, LayersGetTheirPackedKernels) {
    const struct {
        const char* model;
        PackedKernel kernel;
    } kCases[] = {
        {"conv_2d_int8_01.tflite", PackedKernel::PackedConvInt8},
        {"conv_2d_int16_01.tflite", PackedKernel::PackedConvInt16},
        {"depthwise_conv_2d_int8_00.tflite", PackedKernel::PackedDepthwiseInt8},
        {"depthwise_conv_2d_int16_00.tflite", PackedKernel::PackedDepthwiseInt16},
        {"fully_connected_int8_01.tflite", PackedKernel::PackedConvInt8},
        {"fully_connected_int16_00.tflite", PackedKernel::PackedConvInt16},
        {"unidirectional_sequence_lstm_int8_00.tflite", PackedKernel::PackedLstmInt8},
        {"svdf_int8_00.tflite", PackedKernel::PackedSvdfInt16},  // its state has 16 bits
    };
    for (const auto& c : kCases)
        for (const Isa isa : {Isa::Dsp, Isa::Mve})
            EXPECT_EQ(kernelOf(c.model, isa), static_cast<uint32_t>(c.kernel)) << c.model;
}

TEST_F(Packing, OthersKeepThePlainKernel) {
    for (const char* model : {"conv_2d_grouped_int16_01.tflite", "conv_2d_grouped_int8_01.tflite",
                              "fully_connected_dyn_int8_00.tflite", "conv_2d_float32_01.tflite"})
        for (const Isa isa : {Isa::Dsp, Isa::Mve})
            EXPECT_EQ(kernelOf(model, isa), kernelOf(model, Isa::Portable)) << model;
}

/// Kernel of the golden depthwise layer whose weights at every `step`th tap are -128.
uint32_t kernelWithSmallest(size_t step, Isa isa) {
    const auto golden = tflite::read(std::string(NETCALIPER_SOURCE_DIR) +
                                     "/tests/golden/models/depthwise_conv_2d_int8_00.tflite");
    types::Graph graph = **golden;
    const types::Tensor& weights = graph.tensor(graph.ops[0].inputs[1]);
    const auto channels = static_cast<size_t>(weights.shape[3]);
    const auto view = graph.buffers[weights.buffer].view();
    std::vector<uint8_t> bytes(view.begin(), view.end());
    for (size_t i = 0; i < bytes.size(); ++i)
        if (i / channels % step == 0) bytes[i] = 0x80;
    graph.buffers[weights.buffer] = types::Bytes(std::move(bytes));
    const auto plan = lowering::planOp(graph, 0, isa);
    EXPECT_TRUE(plan.has_value());
    return static_cast<uint32_t>(plan->kernel);
}

// MVE adds the products of taps 2i and 2i + 1 in 16 bits.
TEST_F(Packing, VectorsTakeTheSmallestWeightOncePerPairOfTaps) {
    constexpr auto kPacked = static_cast<uint32_t>(PackedKernel::PackedDepthwiseInt8);
    EXPECT_EQ(kernelWithSmallest(2, Isa::Mve), kPacked);
    EXPECT_NE(kernelWithSmallest(1, Isa::Mve), kPacked);
    EXPECT_EQ(kernelWithSmallest(1, Isa::Dsp), kPacked);
}

}  // namespace

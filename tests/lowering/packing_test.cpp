// SPDX-License-Identifier: GPL-3.0-or-later
// Layers packed for Cortex-M: which ones are, and that the forms in which their biases and factors
// are stored give the codes of the plain arithmetic. The kernels themselves run in tests/firmware.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "lowering/pack/packed_channels.h"
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

// SPDX-License-Identifier: GPL-3.0-or-later
// A profile says what its latencies rest on, and one without any what ten layers would give.
#include "types/latency_basis.h"

#include <gtest/gtest.h>

#include "types/target.h"

namespace {

using namespace types;

KernelCost row(const char* kernel, const char* dtype, double error, int32_t layers) {
    KernelCost cost;
    cost.kernel = kernel;
    cost.dtype = dtype;
    cost.relativeError = error;
    cost.layers = layers;
    return cost;
}

DeviceProfile board(std::vector<KernelCost> rows, const char* core = "Cortex-M4") {
    DeviceProfile device;
    device.core = core;
    device.source = "here and there";
    device.kernels = std::move(rows);
    return device;
}

TEST(LatencyBasis, IsNoneWithoutRowsOfOperators) {
    for (const DeviceProfile& device : {board({}), board({row("instruction", "*", 0.2, 99)})}) {
        EXPECT_EQ(basisOf(device), LatencyBasis::None);
        EXPECT_EQ(measuredLayers(device), 0);
        EXPECT_EQ(basisText(device), "no published layers");
        EXPECT_EQ(bandsText(device), "");
    }
}

TEST(LatencyBasis, CountsMeasuredLayers) {
    const DeviceProfile device =
        board({row("CONV_2D/1x1", "int8", 0.01, 188), row("CONV_2D/im2col", "int8", 0.02, 1214),
               row("DEPTHWISE_CONV_2D/3x3", "int8", 0.3, 0), row("instruction", "*", 0.1, 1428)});
    EXPECT_EQ(basisOf(device), LatencyBasis::Layers);
    EXPECT_EQ(basisText(device), "1,402 layers of this board: here and there");
}

TEST(LatencyBasis, NamesRowsOfAnotherBoard) {
    const DeviceProfile device = board({row("*", "*", 0.9, 0)});
    EXPECT_EQ(basisOf(device), LatencyBasis::OtherBoard);
    EXPECT_EQ(basisText(device), "no layers of this board: here and there");
}

TEST(LatencyBasis, BandsSpanTheInt8RowsOfAnOperator) {
    const DeviceProfile device =
        board({row("CONV_2D/1x1", "int8", 0.014, 2), row("CONV_2D", "int8", 0.3, 0),
               row("CONV_2D", "float32", 0.9, 0), row("FULLY_CONNECTED", "*", 0.25, 0)});
    EXPECT_EQ(bandsText(device), "bands: CONV_2D ± 1.4 to 30 %, FULLY_CONNECTED ± 25 %");
    EXPECT_EQ(bandsOf(device, "DEPTHWISE_CONV_2D").greatest, 0);
}

/// Whatever the core: no board is left without a sentence and a profile to start from.
TEST(LatencyBasis, EveryCoreIsToldWhatTenLayersGive) {
    for (const Core& core : knownCores()) {
        const DeviceProfile device = board({}, std::string(core.name).c_str());
        EXPECT_TRUE(tenLayersText(device).starts_with("Ten measured layers")) << core.name;
        EXPECT_TRUE(tenLayersText(device).ends_with(".")) << core.name;
        EXPECT_NE(tenLayersText(device).find(priorFor(device)), std::string::npos) << core.name;
    }
    EXPECT_EQ(priorFor(board({}, "Cortex-M33")), "nucleo-f446re");
    EXPECT_EQ(priorFor(board({}, "Cortex-M55")), "emulated-m55");
    EXPECT_EQ(priorFor(board({}, "RISC-V RV32IMC")), "emulated-m4-ref");
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped profiles as committed, on the layers and networks that they may be compared with.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>

#include "cost/terms/fingerprint.h"
#include "shipped_layers.h"

namespace {

using support::shippedProfile;

/// A band of 90 % holds this share of the layers, in percent.
constexpr double kLeastHeld = 86, kMostHeld = 94;
/// Fewer layers of a type tell nothing about nine in ten: one more or less is over 2 %.
constexpr int64_t kEnoughLayers = 50;

struct Emulated {
    const char *id, *cpu, *kernels;
};
constexpr Emulated kEmulated[] = {{"emulated-m4", "m4", "cmsis"},
                                  {"emulated-m7", "m7", "cmsis"},
                                  {"emulated-m55", "m55", "cmsis"},
                                  {"emulated-m4-ref", "m4", "ref"}};

/// Mean errors in percent, by the README of the profiles.
struct FittedBoard {
    const char *id, *board, *kernels;
    double convolution, depthwise, dense;
};
constexpr FittedBoard kFittedBoards[] = {{"nucleo-f446re", "STM32F446RE", nullptr, 0.2, 0, 0},
                                         {"nucleo-l552ze-q", "STM32L552", nullptr, 1.0, 0, 0},
                                         {"arduino-nicla-sense-me", "nRF52832", nullptr, 0.5, 0, 0},
                                         {"nucleo-l496zg", nullptr, "cmsis-nn", 1.5, 0.2, 0.6},
                                         {"nucleo-l496zg-ref", nullptr, "none", 0.8, 0.1, 0.5}};

std::vector<cost::Observation> layersOf(const FittedBoard& board) {
    return board.board
               ? support::tableLayers("measurements/micronas_layers.csv", {{"board", board.board}})
               : support::heimObservations(board.kernels);
}

void print(const char* id, const std::string& type, const char* what, const cost::ErrorSummary& s) {
    std::printf("%-22s %-26s %-9s %4lld: mean %6.2f %%, 90 %% below %6.2f, in band %5.1f %%\n", id,
                type.c_str(), what, static_cast<long long>(s.layers), s.mapePercent, s.p90Percent,
                s.coveredPercent);
}

/// By operator and type, as committed.
std::map<std::string, cost::ErrorSummary> asCommitted(
    const types::DevicePtr& device, const std::vector<cost::Observation>& layers) {
    const cost::Predictor predictor(device);
    std::vector<cost::Residual> residuals;
    for (const cost::Observation& layer : layers) {
        const auto residual = support::residualOf(predictor, device->clockMhz, layer);
        EXPECT_TRUE(residual) << device->id << ": no figure for "
                              << support::typeOf(layer.workload);
        if (residual) residuals.push_back(*residual);
    }
    return cost::summarizeByOp(residuals);
}

/// The same with each layer left out of the fit.
std::map<std::string, cost::ErrorSummary> asUnseen(const types::DeviceProfile& device,
                                                   const std::vector<cost::Observation>& layers) {
    std::vector<cost::Residual> residuals;
    for (const cost::Observation& layer : layers)
        if (const auto residual = support::leftOut(device, layer)) residuals.push_back(*residual);
    return cost::summarizeByOp(residuals);
}

void expectHonest(const types::DevicePtr& device, const std::vector<cost::Observation>& layers) {
    ASSERT_TRUE(device);
    for (const auto& [type, summary] : asUnseen(*device, layers)) {
        if (summary.layers < kEnoughLayers) continue;
        print(device->id.c_str(), type, "left out", summary);
        EXPECT_GE(summary.coveredPercent, kLeastHeld) << device->id << " " << type;
        EXPECT_LE(summary.coveredPercent, kMostHeld) << device->id << " " << type;
    }
}

TEST(ShippedProfiles, EmulatedLayersArePredictedToOnePercent) {
    SKIP_WITHOUT_SHARED();
    for (const Emulated& core : kEmulated) {
        const auto device = shippedProfile(core.id);
        ASSERT_TRUE(device) << core.id;
        const auto layers = support::tableLayers("sweep/layers.csv",
                                                 {{"cpu", core.cpu}, {"kernels", core.kernels}});
        ASSERT_GE(layers.size(), 1500u);
        auto errors = asCommitted(device, layers);
        for (const auto& [type, summary] : errors)
            print(core.id, type, "committed", summary);
        for (const char* op : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"}) {
            EXPECT_LE(errors[op + std::string(" int8")].mapePercent, 1) << core.id << " " << op;
            EXPECT_LE(errors[op + std::string(" int16")].mapePercent, 1) << core.id << " " << op;
        }
        EXPECT_LE(errors["PAD int8"].mapePercent, 5) << core.id;
        EXPECT_LE(errors["TRANSPOSE_CONV int8"].mapePercent, 1.5) << core.id;
    }
}

TEST(ShippedProfiles, BoardLayersArePredictedAsTheReadmeSays) {
    SKIP_WITHOUT_SHARED();
    for (const FittedBoard& board : kFittedBoards) {
        const auto device = shippedProfile(board.id);
        ASSERT_TRUE(device) << board.id;
        auto errors = asCommitted(device, layersOf(board));
        for (const auto& [type, summary] : errors)
            print(board.id, type, "committed", summary);
        EXPECT_LE(errors["CONV_2D int8"].mapePercent, board.convolution) << board.id;
        EXPECT_LE(errors["DEPTHWISE_CONV_2D int8"].mapePercent, board.depthwise) << board.id;
        EXPECT_LE(errors["FULLY_CONNECTED int8"].mapePercent, board.dense) << board.id;
    }
}

TEST(ShippedProfiles, BandsHoldNineOfTenLayersOfEachType) {
    SKIP_WITHOUT_SHARED();
    for (const Emulated& core : kEmulated)
        expectHonest(shippedProfile(core.id),
                     support::tableLayers("sweep/layers.csv",
                                          {{"cpu", core.cpu}, {"kernels", core.kernels}}));
    for (const FittedBoard& board : kFittedBoards)
        expectHonest(shippedProfile(board.id), layersOf(board));
}

/// Networks are in no fit; their layers and totals calibrated the bands.
TEST(ShippedProfiles, BandsHoldNineOfTenNetworks) {
    SKIP_WITHOUT_SHARED();
    for (const Emulated& core : kEmulated) {
        SCOPED_TRACE(core.id);
        const auto device = shippedProfile(core.id);
        ASSERT_TRUE(device);
        const auto networks =
            cost::readNetworkTable(*support::sharedDir() / "sweep" / "networks_ops.csv",
                                   {{"cpu", core.cpu}, {"kernels", core.kernels}});
        ASSERT_TRUE(networks) << networks.error().message();
        const cost::Predictor predictor(device);
        std::vector<cost::Residual> totals;
        for (const cost::NetworkLayers& network : *networks) {
            std::vector<cost::Workload> workloads;
            cost::Residual total{"networks", "", 0, 0};
            for (const cost::Observation& layer : network.layers) {
                workloads.push_back(layer.workload);
                total.measured += layer.cycles;
            }
            const auto us = predictor.predict(workloads).latencyUs;
            ASSERT_TRUE(us) << network.name;
            total.predicted = us->value * device->clockMhz;
            total.relativeBand = us->high / us->value - 1;
            totals.push_back(total);
        }
        const auto summary = cost::summarize(totals);
        print(core.id, "networks", "unseen", summary);
        EXPECT_GE(summary.layers, 60);
        EXPECT_LE(summary.mapePercent, 0.2);
        EXPECT_GE(summary.coveredPercent, kLeastHeld);
        EXPECT_LE(summary.coveredPercent, kMostHeld);
        EXPECT_EQ(device->modelBand.networks, summary.layers);
    }
}

/// Whoever changes the terms of a kernel fits the profiles that rest on them again.
TEST(ShippedProfiles, AreFittedWithTheTermsOfToday) {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto devices = cost::readDevices(directory);
    ASSERT_TRUE(devices) << devices.error().message();
    for (const types::DevicePtr& device : *devices) {
        const auto kernels = cost::kernelLibraryOf(device->runtime, device->core);
        for (const types::KernelCost& row : device->kernels) {
            if (row.inverse.empty()) continue;
            const std::string& today = cost::termsFingerprint(row.kernel, row.dtype, kernels);
            EXPECT_FALSE(today.empty())
                << device->id << ": no layer runs " << row.kernel << " " << row.dtype;
            EXPECT_EQ(row.loops, today) << device->id << ": fit " << row.kernel << " " << row.dtype
                                        << " again (resources/devices/README.md)";
        }
    }
}

TEST(ShippedProfiles, NameTheReleaseThatTheyStandFor) {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto devices = cost::readDevices(directory);
    ASSERT_TRUE(devices) << devices.error().message();
    for (const types::DevicePtr& device : *devices)
        EXPECT_TRUE(device->kernels.empty() || !device->runtimeVersion.empty()) << device->id;
}

/// "871 int8 layers on this board" in the source of a profile is what its rows were fitted to.
TEST(ShippedProfiles, SourcesNameTheLayersOfTheRows) {
    for (const FittedBoard& board : kFittedBoards) {
        const auto device = shippedProfile(board.id);
        ASSERT_TRUE(device);
        int layers = 0;
        for (const types::KernelCost& row : device->kernels)
            if (!row.inverse.empty()) layers += row.layers;
        EXPECT_GT(layers, 300) << board.id;
        if (!board.board) continue;
        EXPECT_NE(device->source.find(std::to_string(layers) + " int8 layers"), std::string::npos)
            << board.id << ": " << device->source << " (" << layers << ")";
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Energy of the layers that Heim et al. traced: from their latency with a power that was fitted
// without them, and from the shipped profiles alone.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "cost/device_file.h"
#include "cost/median_of.h"
#include "cost/power.h"
#include "cost/predict.h"
#include "heim_layers.h"
#include "support/shared_files.h"

namespace {

struct TracedBoard {
    const char* name;
    const char* kernels;
    const char* device;
};

constexpr TracedBoard kBoards[] = {
    {"NUCLEO-L496ZG", "cmsis-nn", "nucleo-l496zg"}, {"NUCLEO-L496ZG", "none", "nucleo-l496zg-ref"},
    {"DISCO-F469NI", "cmsis-nn", "disco-f469ni"},   {"DISCO-F469NI", "none", "disco-f469ni-ref"},
    {"NUCLEO-F767ZI", "cmsis-nn", "nucleo-f767zi"}, {"NUCLEO-F767ZI", "none", "nucleo-f767zi-ref"},
};

std::vector<support::TracedLayer> layersOf(const TracedBoard& board) {
    return support::heimLayers(*support::sharedDir() / "measurements" / "heim_layers_energy.csv",
                               board.name, board.kernels);
}

/// Median over all traced layers: what an operator without a row is given.
double medianPower(const std::vector<cost::Observation>& layers) {
    std::vector<double> all;
    for (const cost::Observation& layer : layers)
        if (layer.milliwatts > 0) all.push_back(layer.milliwatts);
    return cost::medianOf(std::move(all));
}

cost::PowerTable tableWithout(const std::vector<support::TracedLayer>& layers, size_t left) {
    auto others = support::powerOf(layers);
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left));
    types::DeviceProfile device;
    device.activePowerMw = medianPower(others);
    device.power = cost::fitPower(others, "");
    return cost::PowerTable(device);
}

TEST(TracedEnergy, FollowsFromLatencyAndThePowerOfOtherLayers) {
    SKIP_WITHOUT_SHARED();
    for (const TracedBoard& board : kBoards) {
        const auto layers = layersOf(board);
        ASSERT_GE(layers.size(), 35u) << board.device;
        double error = 0, worst = 0;
        for (size_t i = 0; i < layers.size(); ++i) {
            const double milliwatts = tableWithout(layers, i).of(layers[i].workload).milliwatts;
            const double uj = milliwatts * layers[i].latencyUs * 1e-3;
            error += std::abs(uj / layers[i].energyUj - 1) / static_cast<double>(layers.size());
            worst = std::max(worst, std::abs(uj / layers[i].energyUj - 1));
        }
        std::printf("%-18s %zu layers left out: energy from latency off by %.2f %%, worst %.0f\n",
                    board.device, layers.size(), 100 * error, 100 * worst);
        EXPECT_LE(error, 0.03) << board.device;
    }
}

TEST(TracedEnergy, IsPredictedByTheShippedProfiles) {
    SKIP_WITHOUT_SHARED();
    const auto devices = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    for (const TracedBoard& board : kBoards) {
        const auto device = cost::readDeviceFile(devices / (std::string(board.device) + ".json"));
        ASSERT_TRUE(device);
        const cost::Predictor predictor(std::make_shared<const types::DeviceProfile>(*device));
        const auto layers = layersOf(board);
        double error = 0, inBand = 0;
        std::map<std::string, std::pair<double, double>> models;  // predicted, measured
        for (const support::TracedLayer& layer : layers) {
            const auto op = predictor.predict({layer.workload}).ops.at(0);
            ASSERT_TRUE(op.energyUj) << board.device << " " << op.source;
            const double share = 1 / static_cast<double>(layers.size());
            error += share * std::abs(op.energyUj->value / layer.energyUj - 1);
            inBand +=
                share * (layer.energyUj >= op.energyUj->low && layer.energyUj <= op.energyUj->high);
            auto& model = models[layer.model];
            model.first += op.energyUj->value;
            model.second += layer.energyUj;
        }
        std::printf("%-18s energy from predicted latency off by %.2f %%, in band %.0f %%;",
                    board.device, 100 * error, 100 * inBand);
        EXPECT_LE(error, 0.05) << board.device;
        for (const auto& [name, energy] : models) {
            const double off = energy.first / energy.second - 1;
            std::printf(" %s %+.1f %%", name.c_str(), 100 * off);
            EXPECT_LE(std::abs(off), 0.1) << board.device << " " << name;
        }
        std::printf("\n");
    }
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Cross-validation on published layers: the documented errors of the cost model.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>

#include "cost/fit/cross_validation.h"
#include "cost/fit/layer_table.h"
#include "heim_sweeps.h"
#include "support/shared_files.h"

namespace {

using cost::KernelLibrary;

cost::FitOptions with(KernelLibrary kernels) {
    cost::FitOptions options;
    options.kernels = kernels;
    return options;
}

void print(const std::string& what, const cost::ErrorSummary& s) {
    std::printf("%-28s %5lld layers: mean %.3f %%, 90 %% below %.2f, worst %.1f, in band %.1f %%\n",
                what.c_str(), static_cast<long long>(s.layers), s.mapePercent, s.p90Percent,
                s.worstPercent, s.coveredPercent);
}

/// Checks that a band of 90 % covers about 90 %: the share of few layers varies by chance.
void expectHonest(const cost::ErrorSummary& summary) {
    const double off = std::max(4.0, 2 * 30 / std::sqrt(static_cast<double>(summary.layers)));
    EXPECT_GE(summary.coveredPercent, 90 - off);
    EXPECT_LE(summary.coveredPercent, 90 + off);
}

struct Board {
    const char* name;
    double mean;
};

TEST(PublishedLayers, MicroNasBoardsArePredictedToOnePercent) {
    SKIP_WITHOUT_SHARED();
    for (const Board& board : {Board{"STM32F446RE", 0.5}, {"STM32L552", 1.5}, {"nRF52832", 1.5}}) {
        SCOPED_TRACE(board.name);
        const auto layers =
            cost::readLayerTable(*support::sharedDir() / "measurements" / "micronas_layers.csv",
                                 {{"board", board.name}, {"op", "conv2d"}});
        ASSERT_TRUE(layers) << layers.error().message();
        const auto options = with(KernelLibrary::CmsisDsp);
        const auto hidden = cost::summarize(cost::crossValidate(*layers, options));
        print(board.name, hidden);
        EXPECT_LE(hidden.mapePercent, board.mean);
        EXPECT_LE(hidden.p90Percent, 4);
        EXPECT_LE(hidden.worstPercent, 10);
        expectHonest(hidden);
        const auto families = cost::summarize(cost::leaveFamiliesOut(*layers, options));
        print(std::string(board.name) + ", families", families);
        EXPECT_LE(families.mapePercent, 5);
        // Kernel sizes that were never measured stay within their bands nearly as often.
        EXPECT_GE(families.coveredPercent, 84);
        const auto opsOnly =
            cost::summarize(cost::validateBaseline(*layers, cost::Baseline::OpsOnly));
        EXPECT_GE(opsOnly.mapePercent, 15);
    }
}

struct Core {
    const char* cpu;
    const char* kernels;
    KernelLibrary set;
    double layerMean;
};

constexpr Core kCores[] = {{"m4", "cmsis", KernelLibrary::CmsisDsp, 1},
                           {"m7", "cmsis", KernelLibrary::CmsisDsp, 1},
                           {"m55", "cmsis", KernelLibrary::CmsisMve, 1},
                           {"m4", "ref", KernelLibrary::Reference, 1}};

TEST(PublishedLayers, EmulatedLayersArePredictedToOnePercent) {
    SKIP_WITHOUT_SHARED();
    for (const Core& core : kCores) {
        SCOPED_TRACE(core.cpu);
        const auto layers = cost::readLayerTable(*support::sharedDir() / "sweep" / "layers.csv",
                                                 {{"cpu", core.cpu},
                                                  {"kernels", core.kernels},
                                                  {"dtype", "INT8"},
                                                  {"weight_dtype", "int8"}});
        ASSERT_TRUE(layers);
        const auto residuals = cost::crossValidate(*layers, with(core.set));
        for (const char* op : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"}) {
            const auto summary = cost::summarizeByOp(residuals).at(op);
            print(std::string(core.cpu) + " " + core.kernels + " " + op, summary);
            EXPECT_LE(summary.mapePercent, core.layerMean) << op;
            expectHonest(summary);
        }
    }
}

TEST(PublishedLayers, UnseenNetworksArePredictedFromLayersAlone) {
    SKIP_WITHOUT_SHARED();
    const auto rows = cost::readCsvRows(*support::sharedDir() / "sweep" / "networks_ops.csv");
    ASSERT_TRUE(rows);
    for (const Core& core : kCores) {
        SCOPED_TRACE(core.cpu);
        const auto layers = cost::readLayerTable(*support::sharedDir() / "sweep" / "layers.csv",
                                                 {{"cpu", core.cpu}, {"kernels", core.kernels}});
        ASSERT_TRUE(layers);
        std::vector<const cost::Observation*> seen;
        for (const auto& layer : *layers)
            seen.push_back(&layer);
        const auto fit = cost::fitDevice(seen, with(core.set));
        std::map<std::string, cost::Residual> networks;
        for (const cost::CsvRow& row : *rows) {
            if (row["cpu"] != core.cpu || row["kernels"] != core.kernels) continue;
            const auto op = cost::observationOf(row);
            ASSERT_TRUE(op) << op.error().message();
            const auto trips = cost::kernelTerms(op->workload, core.set);
            const auto* path = fit.pathOf(trips, cost::costType(op->workload));
            ASSERT_TRUE(path) << trips.path.text;
            networks[row["network"]].measured += op->cycles;
            networks[row["network"]].predicted += path->cycles(trips);
        }
        std::vector<cost::Residual> totals;
        for (const auto& [name, total] : networks)
            totals.push_back(total);
        const auto summary = cost::summarize(totals);
        print(std::string(core.cpu) + " " + core.kernels + ", networks", summary);
        EXPECT_GE(summary.layers, 60);
        EXPECT_LE(summary.mapePercent, 0.3);
        EXPECT_LE(summary.worstPercent, 2);
    }
}

void expectSweeps(const char* kernels, KernelLibrary set, double convolution, double others) {
    SCOPED_TRACE(kernels);
    const auto table = *support::sharedDir() / "measurements" / "heim_layer_sweeps.csv";
    const auto hidden = cost::crossValidate(support::heimSweeps(table, kernels), with(set));
    for (const auto& [op, summary] : cost::summarizeByOp(hidden)) {
        print(std::string("L496ZG ") + kernels + " " + op, summary);
        EXPECT_LE(summary.mapePercent, op == "CONV_2D" ? convolution : others) << op;
    }
    const auto all = cost::summarize(hidden);
    print(std::string("L496ZG ") + kernels + ", all", all);
    expectHonest(all);
}

TEST(PublishedLayers, HeimSweepsArePredicted) {
    SKIP_WITHOUT_SHARED();
    expectSweeps("cmsis-nn", KernelLibrary::CmsisDsp2020, 2, 1);
    expectSweeps("none", KernelLibrary::Reference, 0.1, 0.1);
}

}  // namespace

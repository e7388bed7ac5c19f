// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/band_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cost/fit/model_band_fit.h"
#include "cost/predict.h"
#include "cost/terms/fingerprint.h"

namespace {

/// Layers of one exact term and one whose error is 5 %, in shares from 0 to 1.
std::vector<cost::BandScore> twoTerms(size_t count, double spread) {
    std::vector<cost::BandScore> scores;
    for (size_t i = 0; i < count; ++i) {
        const double share = static_cast<double>(i % 10) / 9;
        const double error = spread * share * static_cast<double>(1 + i % 7) / 7;
        scores.push_back({Eigen::Vector2d(1 - share, share), error, 1});
    }
    return scores;
}

cost::PathFit emptyFit(size_t layers) {
    cost::PathFit fit;
    fit.terms = {"exact", "rough"};
    fit.coefficients = Eigen::Vector2d(1, 1);
    fit.layers = static_cast<int32_t>(layers);
    return fit;
}

TEST(BandFit, TermsThatAreDescribedWellHaveSmallErrors) {
    const auto scores = twoTerms(200, 0.05);
    cost::PathFit fit = emptyFit(scores.size());
    cost::fitBand(fit, scores);
    ASSERT_EQ(fit.termErrors.size(), 2);
    EXPECT_LT(fit.termErrors[0], 0.3 * fit.termErrors[1]);
    size_t held = 0;
    for (const cost::BandScore& score : scores)
        held += score.error <= score.shares.dot(fit.termErrors) + 1e-12;
    EXPECT_GE(held, 176u);
    EXPECT_LE(held, 188u);
}

TEST(BandFit, FewLayersHaveOneBandOfFivePercentAtLeast) {
    const auto scores = twoTerms(6, 0.01);
    cost::PathFit fit = emptyFit(scores.size());
    cost::fitBand(fit, scores);
    EXPECT_EQ(fit.termErrors.size(), 0);
    EXPECT_EQ(fit.band, 0.05);
}

types::DeviceProfile oneRow() {
    types::DeviceProfile device;
    device.id = "board";
    device.clockMhz = 1;
    types::KernelCost row;
    row.kernel = "RELU";
    row.dtype = "*";
    row.terms = {{"output", 1}};
    row.relativeError = 0.1;
    row.layers = 40;
    device.kernels = {row};
    return device;
}

/// Networks of 16 equal layers, off by `common` together and by up to `own` each.
std::vector<cost::NetworkLayers> networksOff(double common, double own) {
    std::vector<cost::NetworkLayers> networks;
    for (int i = 0; i < 60; ++i) {
        cost::NetworkLayers network;
        const double together = common * std::sin(i);
        for (int k = 0; k < 16; ++k) {
            cost::OperatorShapes s;
            s.kind = types::OpKind::RELU;
            s.inputs = {{1, 10, 10, 10}};
            s.output = s.inputs[0];
            network.layers.push_back({cost::workloadOf(s),
                                      1000 * (1 + together + own * std::sin(37 * i + 11 * k)), 1,
                                      ""});
        }
        networks.push_back(std::move(network));
    }
    return networks;
}

TEST(ModelBand, HoldsNineOfTenNetworksWhateverTheirErrorsShare) {
    for (const auto& [common, own] : {std::pair{0.1, 0.0}, {0.02, 0.1}, {0.0, 0.1}}) {
        types::DeviceProfile device = oneRow();
        const auto networks = networksOff(common, own);
        device.modelBand = cost::fitModelBand(device, networks, "made up");
        EXPECT_EQ(device.modelBand.networks, 60);
        const cost::Predictor predictor(std::make_shared<types::DeviceProfile>(device));
        int held = 0;
        for (const cost::NetworkLayers& network : networks) {
            std::vector<cost::Workload> workloads;
            double measured = 0;
            for (const cost::Observation& layer : network.layers) {
                workloads.push_back(layer.workload);
                measured += layer.cycles;
            }
            const auto us = predictor.predict(workloads).latencyUs;
            held += measured >= us->low && measured <= us->high;
        }
        EXPECT_GE(held, 52) << common << " " << own;
        EXPECT_LE(held, 57) << common << " " << own;
    }
}

TEST(ModelBand, IsAssumedWithoutNetworks) {
    const types::ModelBand band = cost::fitModelBand(oneRow(), {}, "");
    EXPECT_EQ(band.networks, 0);
    EXPECT_EQ(band.common, types::ModelBand{}.common);
}

TEST(Fingerprint, TellsPathsTypesAndKernelsApart) {
    const auto print = [](const char* path, const char* type, cost::KernelLibrary kernels) {
        return cost::termsFingerprint(path, type, kernels);
    };
    using enum cost::KernelLibrary;
    EXPECT_EQ(print("CONV_2D/im2col", "int8", CmsisDsp).size(), 16u);
    EXPECT_NE(print("CONV_2D/im2col", "int8", CmsisDsp), print("CONV_2D/im2col", "int8", CmsisMve));
    EXPECT_NE(print("CONV_2D/im2col", "int8", CmsisDsp), print("CONV_2D/im2col", "int4", CmsisDsp));
    EXPECT_NE(print("CONV_2D/im2col", "int8", CmsisDsp), print("CONV_2D/1x1", "int8", CmsisDsp));
    EXPECT_EQ(print("CONV_2D/none", "int8", CmsisDsp), "");
}

TEST(Fingerprint, ARowOfOtherTermsSaysSoAndIsWide) {
    types::DeviceProfile device = oneRow();
    device.kernels[0].inverse = {1e-9};
    device.kernels[0].dtype = "int8";
    device.kernels[0].terms = {{"output", 1}, {"input", 0}, {"call", 0}};
    device.kernels[0].inverse.assign(6, 0);
    device.kernels[0].relativeError = 0.01;
    const auto predicted = [&] {
        return cost::Predictor(std::make_shared<types::DeviceProfile>(device))
            .predict(std::vector{networksOff(0, 0)[0].layers[0].workload})
            .ops.at(0);
    };
    device.kernels[0].loops =
        cost::termsFingerprint("RELU", "int8", cost::KernelLibrary::Reference);
    EXPECT_EQ(predicted().source.find("another version"), std::string::npos);
    EXPECT_NEAR(predicted().latencyUs->high / predicted().latencyUs->value, 1.01, 1e-9);
    device.kernels[0].loops = "0123456789abcdef";
    EXPECT_NE(predicted().source.find("another version"), std::string::npos);
    EXPECT_GE(predicted().latencyUs->high / predicted().latencyUs->value, 1.15);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Fits on layers of a made-up fitBoard whose coefficients are known.
#include "cost/fit/fit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cost/device_file.h"
#include "cost/fit/cross_validation.h"
#include "cost/fit/measure_next.h"
#include "cost/predict.h"
#include "support/temporary_dir.h"

namespace {

using cost::Observation;
using types::OpKind;

cost::Workload convolution(int32_t side, int32_t in, int32_t out, int32_t kernel) {
    cost::OperatorShapes s;
    s.kind = OpKind::CONV_2D;
    s.inputs = {{1, side, side, in}};
    s.output = {1, side, side, out};
    s.filter = {out, kernel, kernel, in};
    s.window.padding = types::Padding::Same;
    return cost::workloadOf(s);
}

/// Each loop costs between 5 and 40 cycles; `factor` simulates another board.
double cyclesOf(const cost::Workload& w, double factor) {
    double cycles = 0, each = 5;
    for (const auto& term : cost::kernelTerms(w, cost::KernelLibrary::CmsisDsp)) {
        cycles += factor * each * term.count;
        each = std::fmod(each * 1.7, 35) + 5;
    }
    return cycles;
}

std::vector<Observation> fitBoard(double factor) {
    std::vector<Observation> layers;
    for (int32_t side : {4, 7, 12})
        for (int32_t in : {1, 3, 8, 17, 30})
            for (int32_t out : {2, 5, 8, 15})
                for (int32_t kernel : {1, 3, 5}) {
                    const cost::Workload w = convolution(side, in, out, kernel);
                    // A deterministic scatter of up to 0.2 %.
                    const double scatter = 1 + 0.002 * std::sin(1.0 * static_cast<double>(w.macs));
                    layers.push_back({w, cyclesOf(w, factor) * scatter, 1, "made up"});
                }
    return layers;
}

std::vector<const Observation*> pointers(const std::vector<Observation>& layers) {
    std::vector<const Observation*> all;
    for (const Observation& layer : layers)
        all.push_back(&layer);
    return all;
}

types::DeviceProfile madeUpProfile(const std::vector<Observation>& layers) {
    types::DeviceProfile device;
    device.id = "made-up";
    device.name = device.soc = device.powerSource = device.source = "made up";
    device.core = "Cortex-M4";
    device.runtime = "TFLM + CMSIS-NN";
    device.clockMhz = 100;
    cost::FitOptions options;
    options.source = "made up";
    device.kernels = cost::rowsOf(cost::fitDevice(pointers(layers), options), options, {});
    return device;
}

TEST(Fit, PredictsHiddenLayersWithinTheirBands) {
    const auto layers = fitBoard(1);
    const auto summary = cost::summarize(cost::crossValidate(layers, cost::FitOptions{}));
    EXPECT_EQ(summary.layers, static_cast<int64_t>(layers.size()));
    EXPECT_LT(summary.mapePercent, 0.5);
    EXPECT_GE(summary.coveredPercent, 84);
    EXPECT_LE(summary.coveredPercent, 96);
    const auto baseline = cost::summarize(cost::validateBaseline(layers, cost::Baseline::OpsOnly));
    EXPECT_GT(baseline.mapePercent, 20 * summary.mapePercent);
}

TEST(Fit, FarShapesHaveWideBands) {
    const auto layers = fitBoard(1);
    const auto fit = cost::fitDevice(pointers(layers), cost::FitOptions{});
    const auto bandOf = [&](const cost::Workload& w) {
        const auto trips = cost::kernelTerms(w, cost::KernelLibrary::CmsisDsp);
        return fit.pathOf(trips, "int8")->relativeBand(trips);
    };
    EXPECT_GT(bandOf(convolution(200, 400, 1, 11)), 3 * bandOf(convolution(7, 8, 8, 3)));
}

TEST(Fit, TenAdvisedLayersAndAnotherBoardSuffice) {
    const auto known = std::make_shared<types::DeviceProfile>(madeUpProfile(fitBoard(1)));
    const auto layers = fitBoard(1.4);
    cost::FitOptions options;
    options.prior = known;
    std::vector<cost::Workload> workloads;
    for (const Observation& layer : layers)
        workloads.push_back(layer.workload);
    const auto advice = cost::measureNext(workloads, workloads, {}, options, 10);
    ASSERT_EQ(advice.size(), 10u);
    std::vector<const Observation*> measured;
    for (size_t i = 0; i < advice.size(); ++i) {
        measured.push_back(&layers[advice[i].candidate]);
        if (i == 0) continue;
        EXPECT_LE(advice[i].errorAfter, advice[i - 1].errorAfter);
    }
    const auto fit = cost::fitDevice(measured, options);
    EXPECT_NEAR(fit.priorScale, 1.4, 0.01);
    for (const Observation& layer : layers) {
        const auto trips = cost::kernelTerms(layer.workload, options.kernels);
        EXPECT_NEAR(fit.pathOf(trips, "int8")->cycles(trips) / layer.cycles, 1, 0.05);
    }
}

TEST(Fit, ProfilesKeepWhatWasFitted) {
    const support::TemporaryDir dir;
    const types::DeviceProfile device = madeUpProfile(fitBoard(1));
    ASSERT_TRUE(cost::writeDeviceFile(device, dir / "board.json"));
    const auto read = cost::readDeviceFile(dir / "board.json");
    ASSERT_TRUE(read) << read.error().message();
    const std::vector<cost::Workload> model = {convolution(7, 8, 8, 3), convolution(5, 3, 9, 1)};
    const auto before =
        cost::Predictor(std::make_shared<types::DeviceProfile>(device)).predict(model);
    const auto after =
        cost::Predictor(std::make_shared<types::DeviceProfile>(*read)).predict(model);
    ASSERT_TRUE(before.latencyUs && after.latencyUs);
    EXPECT_NEAR(after.latencyUs->value / before.latencyUs->value, 1, 1e-4);
    EXPECT_NEAR(after.latencyUs->high / before.latencyUs->high, 1, 1e-3);
    EXPECT_NEAR(after.latencyUs->value * 100 / (cyclesOf(model[0], 1) + cyclesOf(model[1], 1)), 1,
                0.01);
    EXPECT_TRUE(after.ops[0].measured);
}

TEST(Fit, AProfileRecordsTheLayersThatItWasFittedTo) {
    const support::TemporaryDir dir;
    const auto layers = fitBoard(1);
    ASSERT_TRUE(cost::writeDeviceFile(madeUpProfile(layers), dir / "board.json"));
    const auto read = cost::readDeviceFile(dir / "board.json");
    ASSERT_TRUE(read) << read.error().message();
    size_t recorded = 0;
    const auto knows = [&](const cost::Workload& w) {
        return std::ranges::any_of(read->kernels, [&](const types::KernelCost& row) {
            return std::ranges::binary_search(row.fittedTo, cost::fingerprintOf(w));
        });
    };
    for (const types::KernelCost& row : read->kernels) {
        EXPECT_EQ(row.fittedTo.size(), static_cast<size_t>(row.layers)) << row.kernel;
        recorded += row.fittedTo.size();
    }
    EXPECT_EQ(recorded, layers.size());
    for (const Observation& layer : layers)
        EXPECT_TRUE(knows(layer.workload));
    EXPECT_FALSE(knows(convolution(5, 3, 9, 1)));
}

/// Device files hold fingerprints: another value here means that all of them are worthless.
TEST(Fit, FingerprintsNeverChange) {
    EXPECT_EQ(cost::fingerprintOf({}), 1339080641u);
    EXPECT_EQ(cost::fingerprintOf(convolution(7, 8, 8, 3)), 974159936u);
    cost::Workload w = convolution(7, 8, 8, 3);
    w.perChannel = w.clamped = true;  // not in every table
    EXPECT_EQ(cost::fingerprintOf(w), cost::fingerprintOf(convolution(7, 8, 8, 3)));
}

TEST(Fit, RowsOfAnotherBoardAreTakenOverWithAWideBand) {
    cost::FitOptions options;
    options.prior = std::make_shared<types::DeviceProfile>(madeUpProfile(fitBoard(1)));
    options.source = "made up";
    std::vector<Observation> layers = fitBoard(2);
    std::erase_if(layers, [](const Observation& o) { return o.workload.kernelHeight > 1; });
    const auto rows = cost::rowsOf(cost::fitDevice(pointers(layers), options), options, {});
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].kernel, "CONV_2D/1x1");
    EXPECT_GT(rows[0].layers, 0);
    EXPECT_EQ(rows[1].kernel, "CONV_2D/im2col");
    EXPECT_EQ(rows[1].layers, 0);
    EXPECT_TRUE(rows[1].fittedTo.empty());
    EXPECT_GE(rows[1].relativeError, 0.3);
    EXPECT_NE(rows[1].source.find("not measured here: made-up x 2.00"), std::string::npos);
}

TEST(Observations, RepeatedLayersBecomeTheirMedian) {
    const cost::Workload w = convolution(4, 4, 4, 3);
    const auto unique =
        cost::withoutRepeats({{w, 100, 1, "a"}, {w, 300, 1, "b"}, {w, 110, 1, "c"}});
    ASSERT_EQ(unique.size(), 1u);
    EXPECT_EQ(unique[0].cycles, 110);
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/fit_layers.h"

#include <gtest/gtest.h>

#include "cost/device_file.h"
#include "cost/predict.h"
#include "zoo/search_space.h"

namespace {

using namespace types;

DevicePtr emulator() {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto device = cost::readDeviceFile(directory / "emulated-m4.json");
    EXPECT_TRUE(device);
    return std::make_shared<const DeviceProfile>(*device);
}

/// Layers of random networks as a profile predicts them: a board that follows the law exactly.
studies::FitRequest requestOf(int networks) {
    studies::FitRequest request;
    request.base = emulator();
    request.source = "made up";
    request.id = "twin";
    request.adviceCount = 3;
    const cost::Predictor truth(request.base);
    for (int i = 0; i < networks; ++i) {
        const auto graph = zoo::drawMember(zoo::SearchSpace::DsCnn, 1, i);
        const auto workloads = cost::workloadsOf(**graph);
        const auto prediction = truth.predict(workloads);
        for (size_t op = 0; op < workloads.size(); ++op)
            request.layers.push_back({workloads[op],
                                      prediction.ops[op].latencyUs->value * request.base->clockMhz,
                                      1, ""});
    }
    return request;
}

const FitErrors& errorsOf(const FitReport& report, const std::string& key) {
    const auto line = std::ranges::find(report.lines, key, &FitLine::key);
    EXPECT_NE(line, report.lines.end()) << key;
    return line->errors;
}

TEST(FitLayers, LearnsALawThatTheRulesOfThumbMiss) {
    const auto report = studies::fitLayers(requestOf(12));
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_LT(errorsOf(*report, "all").mapePercent, 2);
    EXPECT_GT(errorsOf(*report, "baseline_ops_only").mapePercent,
              5 * errorsOf(*report, "all").mapePercent);
    EXPECT_EQ(report->profile->id, "twin");
    EXPECT_FALSE(report->profile->kernels.empty());
}

TEST(FitLayers, TracedLayersGiveTheProfileItsPower) {
    auto request = requestOf(4);
    EXPECT_TRUE(studies::fitLayers(request)->profile->power.empty());
    for (cost::Observation& layer : request.layers)
        if (layer.workload.kind == OpKind::CONV_2D) layer.milliwatts = 40;
    const auto report = studies::fitLayers(request);
    ASSERT_TRUE(report);
    ASSERT_FALSE(report->profile->power.empty());
    EXPECT_EQ(report->profile->power.front().op, "CONV_2D");
    EXPECT_EQ(report->profile->power.front().milliwatts, 40);
}

TEST(FitLayers, PointsAndErrorsTellTheSameStory) {
    const auto report = studies::fitLayers(requestOf(8));
    ASSERT_TRUE(report);
    EXPECT_EQ(int64_t(report->points.size()), errorsOf(*report, "all").layers);
    double sum = 0;
    for (const FitPoint& point : report->points)
        sum += std::abs(point.errorPercent());
    EXPECT_NEAR(sum / double(report->points.size()), errorsOf(*report, "all").mapePercent, 1e-9);
}

TEST(FitLayers, AdvisesLayersOfTheModelInQuestion) {
    auto request = requestOf(4);
    request.nextModel = *zoo::drawMember(zoo::SearchSpace::MobileNetV2, 1, 0);
    const auto report = studies::fitLayers(request);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->measureHere.size(), 3u);
    // The measured models have no images; the first layer of one has three channels.
    const bool isOfTheImage =
        std::ranges::any_of(report->measureHere,
                            [](const LayerAdvice& layer) { return layer.kind != OpKind::SOFTMAX; });
    EXPECT_TRUE(isOfTheImage);
    EXPECT_EQ(report->measureElsewhere.size(), 3u);
    EXPECT_LE(report->measureHere[2].expectedErrorPercent,
              report->measureHere[0].expectedErrorPercent);
}

TEST(FitLayers, RefusesNothingAndStops) {
    studies::FitRequest request;
    request.base = emulator();
    EXPECT_FALSE(studies::fitLayers(request));
    std::stop_source source;
    source.request_stop();
    const auto report = studies::fitLayers(requestOf(2), {source.get_token()});
    ASSERT_FALSE(report);
    EXPECT_TRUE(report.error().isCancelled());
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "runners/runner.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

runners::RunRequest requestFor(const zoo::BundledModel& model) {
    runners::RunRequest request;
    request.graph = *model.build(model.precision);
    request.modelFile = Bytes({'a', 'b', 'c'});
    request.repeats = 3;
    return request;
}

TEST(HostSession, KeepsEverySampleOfEveryLayer) {
    const auto request = requestFor(zoo::bundledModels().front());
    double shown = -1;
    const Work work{{}, [&](double share, const char*) {
                        EXPECT_GE(share, shown);
                        shown = share;
                    }};
    const auto session = runners::runOn("host", request, work);
    ASSERT_TRUE(session) << session.error().message();
    EXPECT_GE(shown, 0);
    EXPECT_EQ(session->measurements.size(), request.graph->ops.size() + 2);
    int32_t layers = 0;
    for (const Measurement& m : session->measurements) {
        EXPECT_EQ(m.samples.size(), 3u) << m.key;
        if (!m.layer) continue;
        EXPECT_EQ(*m.layer, layers);
        EXPECT_EQ(m.op, request.graph->ops[static_cast<size_t>(layers++)].name());
    }
    EXPECT_EQ(session->measurements.front().key, kWhole);
    EXPECT_EQ(session->measurements.back().key, kYardstick);
    EXPECT_GT(session->measurements.back().samples[0], 0);
}

TEST(HostSession, SaysUnderWhichConditions) {
    auto request = requestFor(zoo::bundledModels().front());
    request.kernels = lowering::Kernels::Reference;
    request.repeats = 1;
    const Conditions c = runners::runOn("host", request)->conditions;
    EXPECT_EQ(c.source, MeasurementSource::Host);
    EXPECT_EQ(c.kernels, "reference");
    EXPECT_FALSE(c.core.empty());
    EXPECT_FALSE(c.compiler.empty());
    EXPECT_FALSE(c.runtimeVersion.empty());
    EXPECT_EQ(c.modelHash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(c.modelName, request.graph->name + ".tflite");
}

TEST(HostSession, EndsWhenAskedTo) {
    auto request = requestFor(zoo::bundledModels().front());
    request.repeats = 1000;
    std::jthread run([&](std::stop_token stop) {
        const auto session = runners::runOn("host", request, {stop});
        ASSERT_FALSE(session);
        EXPECT_TRUE(session.error().isCancelled());
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    run.request_stop();
}

TEST(RunnerList, RefusesTargetsItDoesNotKnow) {
    const auto request = requestFor(zoo::bundledModels().front());
    const auto unknown = runners::runOn("toaster", request);
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().remedy.find("host"), std::string::npos);
    EXPECT_NE(unknown.error().remedy.find("serial:DEVICE"), std::string::npos);
    EXPECT_FALSE(runners::runOn("serial", request));
    EXPECT_FALSE(runners::runOn("host:x", request));
}

}  // namespace

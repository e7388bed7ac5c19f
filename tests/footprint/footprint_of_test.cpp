// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "footprint/footprint.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

DeviceProfile boardOf(std::string runtime) {
    DeviceProfile device;
    device.id = "board";
    device.core = "Cortex-M4";
    device.runtime = std::move(runtime);
    device.flashBytes = device.sramBytes = 1 << 20;
    return device;
}

// Has an operator that TFLM runs and our own runtime does not.
Graph mystery() {
    Graph graph;
    graph.buffers.emplace_back();
    graph.tensors.resize(2);
    for (Tensor& t : graph.tensors)
        t.shape = {1, 8};
    Op op;
    op.kind = OpKind::CUSTOM;
    op.customCode = "ethos-u";
    op.inputs = graph.inputs = {0};
    op.outputs = graph.outputs = {1};
    graph.ops = {op};
    return graph;
}

TEST(FootprintOf, TheRuntimeOfTheProfileDecides) {
    const GraphPtr graph = *zoo::keywordDsCnn(zoo::Precision::Int8);
    const auto tflm = footprint::tflmNeeds(*graph);
    for (const char* name : {"TFLM + CMSIS-NN", "Netcaliper"}) {
        const DeviceProfile device = boardOf(name);
        const auto asked = footprint::of(*graph, device, runtimeOf(device));
        ASSERT_TRUE(asked) << asked.error().message();
        const auto found = footprint::of(*graph, device, tflm);
        EXPECT_EQ(found.runtime, runtimeOf(device));
        EXPECT_EQ(found.flash.usedBytes, asked->flash.usedBytes);
        EXPECT_EQ(found.sram.usedBytes, asked->sram.usedBytes);
        EXPECT_EQ(found.plan.arenaBytes, asked->plan.arenaBytes);
    }
}

TEST(FootprintOf, AModelThatOurRuntimeCannotRunHasTheNeedOfTflm) {
    const Graph graph = mystery();
    const DeviceProfile device = boardOf("Netcaliper");
    EXPECT_FALSE(footprint::of(graph, device, Runtime::Netcaliper));
    const auto found = footprint::of(graph, device, footprint::tflmNeeds(graph));
    EXPECT_EQ(found.runtime, Runtime::Tflm);
    EXPECT_EQ(found.sram.blockBytes, found.plan.arenaBytes);
}

}  // namespace

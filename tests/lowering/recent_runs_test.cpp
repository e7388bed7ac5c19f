// SPDX-License-Identifier: GPL-3.0-or-later
// Recent files by others beside the checkout: everything that TFLM runs there runs here, with its
// integer outputs and its small float outputs, after one and after fifty invokes.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstring>

#include "analysis/count.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

using lowering::Kernels;
using nlohmann::json;

std::string crcOf(std::span<const uint8_t> bytes) {
    char text[9];
    std::snprintf(text, sizeof text, "%08lx",
                  crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
    return text;
}

void expectOutput(const json& wanted, std::span<const uint8_t> bytes) {
    if (wanted["dtype"] != "FLOAT32") {
        EXPECT_EQ(crcOf(bytes), wanted["crc32"].get<std::string>());
        return;
    }
    if (!wanted.contains("values")) return;
    double largest = 0;
    for (const json& value : wanted["values"])
        largest = std::max(largest, std::abs(value.get<double>()));
    for (size_t i = 0; i < wanted["values"].size(); ++i) {
        float got;
        std::memcpy(&got, bytes.data() + 4 * i, 4);
        // Sums that nearly cancel differ by the rounding of their largest terms.
        EXPECT_NEAR(static_cast<double>(got), wanted["values"][i].get<double>(), 1e-6 * largest)
            << "[" << i << "]";
    }
}

void runAgainst(const json& golden, const types::Graph& graph, int invokes, Kernels kernels) {
    auto execution = lowering::Execution::create(graph, kernels);
    ASSERT_TRUE(execution) << execution.error().message();
    lowering::SplitMix64 random(1);
    for (int invoke = 0; invoke < invokes; ++invoke) {
        for (size_t i = 0; i < execution->inputCount(); ++i)
            lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution->input(i));
        const auto ran = execution->invoke();
        ASSERT_TRUE(ran) << ran.error().message();
    }
    for (size_t i = 0; i < golden["outputs"].size(); ++i)
        expectOutput(golden["outputs"][i], execution->output(i));
}

/// Fifty invokes of larger models take seconds and show nothing more.
bool isSmall(const types::Graph& graph) {
    int64_t ops = 0;
    for (const auto& count : analysis::countOps(graph))
        ops += count.ops;
    return ops < 500'000;
}

TEST(RecentRuns, WhatTflmRunsRunsHereWithItsOutputs) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "recent";
    const auto file = dir / "goldens.json";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file;
    const json goldens = support::readJson(file);
    int run = 0;
    for (const auto& [name, golden] : goldens.items()) {
        if (golden["1"].contains("refused")) continue;
        SCOPED_TRACE(name);
        const auto graph = tflite::read(dir / name);
        ASSERT_TRUE(graph) << graph.error().message();
        for (const Kernels kernels : {Kernels::Reference, Kernels::Fast}) {
            runAgainst(golden["1"], **graph, 1, kernels);
            if (isSmall(**graph)) runAgainst(golden["50"], **graph, 50, kernels);
        }
        ++run;
    }
    EXPECT_GE(run, 73);
}

}  // namespace

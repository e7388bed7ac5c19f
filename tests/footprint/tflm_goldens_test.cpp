// SPDX-License-Identifier: GPL-3.0-or-later
// Arenas and refusals against what TFLM says of files by recent converters, where they lie beside
// the checkout.
#include <gtest/gtest.h>

#include <algorithm>

#include "footprint/footprint.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

using namespace types;

/// TFLM stops there at what the inputs hold (ids outside of their table, roots of negative numbers)
/// or crashes, not at the model.
bool dependsOnInputs(const nlohmann::json& refusal) {
    const std::string why = refusal.at("why");
    return refusal.at("refused") == "crash" || why.find("EMBEDDING_LOOKUP") != std::string::npos ||
           why.find("GATHER_ND") != std::string::npos || why.find("RSQRT") != std::string::npos;
}

struct Counts {
    int arenas = 0, refusals = 0, unread = 0;
};

void compare(const std::string& name, const Graph& graph, const nlohmann::json& golden,
             Counts& counts) {
    const MemoryPlan plan = memory::planGreedy(graph, lowering::scratchNeeds(graph));
    const TflmArena arena = footprint::tflmArenas(graph, plan).host64;
    if (golden.contains("refused")) {
        if (dependsOnInputs(golden)) return;
        EXPECT_TRUE(arena.isRefused) << name << ": " << golden.at("why");
        EXPECT_FALSE(arena.usedBytes()) << name;
        ++counts.refusals;
        return;
    }
    EXPECT_FALSE(arena.isRefused) << name << ": " << arena.unknownReason;
    EXPECT_EQ(arena.nonPersistentBytes, golden.at("nonpersistent_bytes").get<int64_t>())
        << name << ": " << arena.unknownReason;
    EXPECT_EQ(arena.persistentBytes, golden.at("persistent_bytes").get<int64_t>())
        << name << ": " << arena.unknownReason;
    ++counts.arenas;
}

Counts compareFolder(const std::string& folder) {
    Counts counts;
    const auto dir = *support::sharedDir() / folder;
    const auto goldens = support::readJson(dir / "goldens.json");
    for (const auto& [name, golden] : goldens.items()) {
        const auto graph = tflite::read(dir / name);
        if (!graph) {
            ++counts.unread;
            continue;
        }
        compare(name, **graph, golden.at("1"), counts);
    }
    return counts;
}

TEST(TflmGoldens, ArenasAndRefusalsOfRecentFiles) {
    SKIP_WITHOUT_SHARED();
    const Counts counts = compareFolder("recent");
    EXPECT_GE(counts.arenas, 73);
    EXPECT_GE(counts.refusals, 17);
}

TEST(TflmGoldens, ArenasAndRefusalsOfHandMadeFiles) {
    SKIP_WITHOUT_SHARED();
    const Counts counts = compareFolder("faults");
    EXPECT_GE(counts.arenas, 3);
}

/// Streaming operators allocate what their options ask for.
TEST(TflmGoldens, ArenasOfStreamingModels) {
    const std::filesystem::path dir = NETCALIPER_SOURCE_DIR "/tests/golden";
    int arenas = 0;
    for (const auto& model : support::filesOf(dir / "models", ".tflite")) {
        const std::string name = model.stem().string();
        if (!name.starts_with("signal_") && !name.starts_with("circular_")) continue;
        const auto graph = tflite::read(model);
        ASSERT_TRUE(graph) << graph.error().message();
        const auto golden = support::readJson(dir / "goldens" / (name + ".json"));
        const MemoryPlan plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
        const TflmArena arena = footprint::tflmArenas(**graph, plan).host64;
        EXPECT_EQ(arena.usedBytes(), golden.at("arena_used_bytes").get<int64_t>())
            << name << ": " << arena.unknownReason;
        ++arenas;
    }
    EXPECT_GE(arenas, 40);
}

}  // namespace

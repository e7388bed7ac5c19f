// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/tflm_arena.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "support/golden.h"
#include "tflite/read.h"

namespace {

/// Scratch as TFLM's reference kernels asked for it, from the golden's plan.
types::MemoryPlan goldenPlan(const types::Graph& graph, const nlohmann::json& buffers) {
    memory::ScratchNeeds needs(graph.ops.size());
    for (const auto& buffer : buffers)
        if (buffer.contains("scratch"))
            needs[buffer["first_used"].get<size_t>() - 1].push_back(buffer["size"]);
    return memory::planGreedy(graph, needs);
}

/// With the scratch of further subgraphs as our kernels state it.
cost::TflmPlans plansOf(const types::Graph& graph, const types::MemoryPlan& plan) {
    cost::TflmPlans plans{plan, {}, {}};
    for (size_t i = 1; i <= graph.others.size(); ++i)
        plans.others.push_back(lowering::scratchNeeds(types::subgraphOf(graph, i)));
    return plans;
}

/// Models whose arena is exact, off, or not claimed; "off" are named in the test's output.
struct Tally {
    int exact = 0, off = 0, unknown = 0;

    void count(const std::string& name, const types::TflmArena& arena, int64_t wanted) {
        if (!arena.usedBytes()) {
            ++unknown;
            return;
        }
        ++(*arena.usedBytes() == wanted ? exact : off);
        EXPECT_EQ(*arena.usedBytes(), wanted) << name;
    }
};

Tally hostAgainstGoldens(const std::string& sub) {
    Tally tally;
    for (const auto& golden : support::goldenCases(sub)) {
        const auto graph = tflite::read(golden.model);
        if (!graph) {
            ADD_FAILURE() << graph.error().message();
            continue;
        }
        const auto& expected = golden.golden;
        const int64_t wanted = expected.contains("host")
                                   ? expected["host"]["arena_used_bytes_greedy"]
                                   : expected["arena_used_bytes"];
        const auto plan = goldenPlan(**graph, expected["planned_buffers"]);
        tally.count(golden.name(), cost::tflmArenaHost64(**graph, plansOf(**graph, plan)), wanted);
    }
    return tally;
}

std::vector<std::string> splitLine(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
        cells.push_back(cell);
    return cells;
}

using Row = std::map<std::string, std::string>;

/// Rows of a simple comma separated table, as far as their cells hold no comma.
std::vector<Row> tableRows(const std::filesystem::path& file) {
    std::vector<Row> rows;
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    const auto names = splitLine(line);
    while (std::getline(stream, line)) {
        const auto cells = splitLine(line);
        Row row;
        for (size_t i = 0; i < std::min(names.size(), cells.size()); ++i)
            row[names[i]] = cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

bool isDspCmsis(const Row& row) {
    return row.at("kernels") == "cmsis" && (row.at("cpu") == "m4" || row.at("cpu") == "m7");
}

TEST(TflmArena, HostIsExactForEveryGoldenModel) {
    SKIP_WITHOUT_SHARED();
    const Tally tally = hostAgainstGoldens("");
    EXPECT_EQ(tally.off + tally.unknown, 0);
    EXPECT_GE(tally.exact, 32);
}

/// As evaluate() does it: our kernels state their scratch, and it is TFLM's.
TEST(TflmArena, HostIsExactWithTheScratchOurKernelsState) {
    SKIP_WITHOUT_SHARED();
    Tally tally;
    for (const auto& golden : support::goldenCases("")) {
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
        tally.count(golden.name(), cost::tflmArenaHost64(**graph, plansOf(**graph, plan)),
                    golden.golden["host"]["arena_used_bytes_greedy"]);
    }
    EXPECT_EQ(tally.off + tally.unknown, 0);
}

TEST(TflmArena, HostIsExactForTheConformanceModels) {
    SKIP_WITHOUT_SHARED();
    const Tally tally = hostAgainstGoldens("conformance/");
    EXPECT_EQ(tally.off, 0);
    EXPECT_GE(tally.exact, 640);
    EXPECT_EQ(tally.unknown, 0);
    RecordProperty("exact", tally.exact);
}

TEST(TflmArena, CortexMIsExactForTheEmulatedModels) {
    SKIP_WITHOUT_SHARED();
    Tally tally;
    const auto dir = *support::sharedDir();
    for (const Row& row : tableRows(dir / "qemu" / "summary.csv")) {
        if (!isDspCmsis(row)) continue;
        const std::string name = row.at("model");
        const auto graph = tflite::read(dir / "models" / (name + ".tflite"));
        ASSERT_TRUE(graph);
        const auto golden = support::readJson(dir / "goldens" / (name + ".json"));
        const auto plan = goldenPlan(**graph, golden["planned_buffers"]);
        tally.count(name + " " + row.at("cpu"), cost::tflmArenaCortexM(**graph, {plan}),
                    std::stoll(row.at("arena_used_bytes")));
    }
    EXPECT_EQ(tally.off + tally.unknown, 0);
    EXPECT_GE(tally.exact, 32);
}

TEST(TflmArena, ReferenceKernelsOnACortexMAreExact) {
    SKIP_WITHOUT_SHARED();
    Tally tally;
    const auto dir = *support::sharedDir();
    const auto reference = *cost::parseKernelBuild("reference", "");
    for (const Row& row : tableRows(dir / "qemu" / "summary.csv")) {
        if (row.at("kernels") != "ref") continue;
        const std::string name = row.at("model");
        const auto graph = tflite::read(dir / "models" / (name + ".tflite"));
        ASSERT_TRUE(graph);
        const auto golden = support::readJson(dir / "goldens" / (name + ".json"));
        const auto plan = goldenPlan(**graph, golden["planned_buffers"]);
        tally.count(name + " " + row.at("cpu"), cost::tflmArena(**graph, {plan}, reference),
                    std::stoll(row.at("arena_used_bytes")));
    }
    EXPECT_EQ(tally.off + tally.unknown, 0);
    EXPECT_GE(tally.exact, 16);
}

TEST(TflmArena, CortexMIsExactForRandomNetworks) {
    SKIP_WITHOUT_SHARED();
    Tally tally;
    const auto dir = *support::sharedDir() / "sweep";
    for (const Row& row : tableRows(dir / "networks.csv")) {
        if (!isDspCmsis(row)) continue;
        const auto graph = tflite::read(dir / "models" / (row.at("network") + ".tflite"));
        ASSERT_TRUE(graph);
        const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
        tally.count(row.at("network") + " " + row.at("cpu"),
                    cost::tflmArenaCortexM(**graph, {plan}),
                    std::stoll(row.at("arena_used_bytes")));
    }
    EXPECT_EQ(tally.off + tally.unknown, 0);
    EXPECT_GE(tally.exact, 120);
}

types::Tensor activation(types::Shape shape) {
    types::Tensor tensor;
    tensor.type = types::DataType::Int8;
    tensor.shape = std::move(shape);
    tensor.hasRank = true;
    tensor.quantization.scale = {0.5f};
    tensor.quantization.zeroPoint = {0};
    return tensor;
}

/// One operator from tensor 0 to tensor 1.
types::Graph oneOp(types::OpKind kind) {
    types::Graph graph;
    graph.tensors = {activation({1, 4, 9, 2}), activation({1, 4, 9, 2})};
    graph.buffers.resize(1);
    types::Op op;
    op.kind = kind;
    op.inputs = {0};
    op.outputs = {1};
    graph.ops = {op};
    graph.inputs = {0};
    graph.outputs = {1};
    return graph;
}

TEST(TflmArena, CountsWhatOneOperatorNeeds) {
    // As TFLM's x86-64 build reports for a model of one int8 RELU: 160 bytes of tensors, planned,
    // and 624 that stay.
    const types::Graph graph = oneOp(types::OpKind::RELU);
    const auto plan = memory::planGreedy(graph, memory::ScratchNeeds(1));
    const auto arena = cost::tflmArenaHost64(graph, {plan});
    EXPECT_EQ(arena.nonPersistentBytes, 160);
    ASSERT_TRUE(arena.persistentBytes);
    EXPECT_EQ(*arena.persistentBytes, 624);
    EXPECT_LT(*cost::tflmArenaCortexM(graph, {plan}).persistentBytes, 624);
}

// TFLM runs it, but the sizes of its driver are not known.
TEST(TflmArena, UnknownOperatorsAreNotGuessed) {
    types::Graph graph = oneOp(types::OpKind::CUSTOM);
    graph.ops[0].customCode = "ethos-u";
    const auto plan = memory::planGreedy(graph, memory::ScratchNeeds(1));
    for (const auto& arena :
         {cost::tflmArenaHost64(graph, {plan}), cost::tflmArenaCortexM(graph, {plan})}) {
        EXPECT_FALSE(arena.usedBytes());
        EXPECT_FALSE(arena.isRefused);
        EXPECT_EQ(arena.nonPersistentBytes, 160);
        EXPECT_NE(arena.unknownReason.find("#0 CUSTOM ethos-u"), std::string::npos);
    }
}

TEST(TflmArena, UnknownScratchMakesThePlanALowerBound) {
    const types::Graph graph = oneOp(types::OpKind::RELU);
    const auto plan = memory::planGreedy(graph, memory::ScratchNeeds(1));
    const auto arena = cost::tflmArenaHost64(graph, {plan, {}, "the scratch is not known"});
    EXPECT_FALSE(arena.nonPersistentBytes);
    EXPECT_EQ(arena.atLeastBytes, 160);
    EXPECT_EQ(arena.unknownReason, "the scratch is not known");
}

TEST(TflmArena, ARefusedModelHasNone) {
    const types::Graph graph = oneOp(types::OpKind::GELU);
    const auto plan = memory::planGreedy(graph, memory::ScratchNeeds(1));
    const auto arena = cost::tflmArenaHost64(graph, {plan});
    EXPECT_TRUE(arena.isRefused);
    EXPECT_FALSE(arena.nonPersistentBytes);
    EXPECT_FALSE(arena.usedBytes());
    EXPECT_EQ(arena.unknownReason, "TFLM refuses #0 GELU: it has no kernel");
}

TEST(TflmArena, SubgraphsThatAreNotReadAreNotGuessed) {
    types::Graph graph = oneOp(types::OpKind::RELU);
    graph.subgraphCount = 2;
    const auto plan = memory::planGreedy(graph, memory::ScratchNeeds(1));
    EXPECT_FALSE(cost::tflmArenaHost64(graph, {plan}).usedBytes());
}

// CALL_ONCE, a second subgraph and resource variables; figures from tests/hand_made/README.md.
TEST(TflmArena, CountsSubgraphsAndResourceVariables) {
    const auto graph = tflite::read(std::filesystem::path(NETCALIPER_SOURCE_DIR) /
                                    "tests/hand_made/stream_state.tflite");
    ASSERT_TRUE(graph) << graph.error().message();
    const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
    const auto arena = cost::tflmArenaHost64(**graph, plansOf(**graph, plan));
    EXPECT_EQ(arena.nonPersistentBytes, 13312) << arena.unknownReason;
    EXPECT_EQ(arena.persistentBytes, 7840);
    EXPECT_EQ(arena.variablesBytes, 6400);
}

}  // namespace

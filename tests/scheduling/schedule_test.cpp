// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules compute the same as the layers one after the other, bit by bit, in exactly the bytes
// that were planned.
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "runtime/run.h"
#include "scheduling/schedule_front.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/graph_builder.h"

namespace {

using scheduling::Schedule;
using scheduling::Stage;
using types::Graph;
using Outputs = std::vector<std::vector<uint8_t>>;

constexpr uint8_t kGuard = 0xa5;
constexpr size_t kGuardBytes = 4096;

std::vector<std::vector<uint8_t>> seededInputs(const Graph& graph, uint64_t seed) {
    lowering::SeededInputs random(graph, seed);
    std::vector<std::vector<uint8_t>> inputs;
    for (size_t i = 0; i < graph.inputs.size(); ++i) {
        auto& bytes =
            inputs.emplace_back(static_cast<size_t>(graph.tensor(graph.inputs[i]).bytes()));
        random.fill(i, bytes);
    }
    return inputs;
}

Outputs plainOutputs(const Graph& graph, uint64_t seed) {
    auto run = lowering::Execution::create(graph, lowering::Kernels::Reference);
    EXPECT_TRUE(run) << run.error().message();
    const auto inputs = seededInputs(graph, seed);
    for (size_t i = 0; i < inputs.size(); ++i)
        std::ranges::copy(inputs[i], run->input(i).begin());
    EXPECT_TRUE(run->invoke());
    Outputs outputs;
    for (size_t i = 0; i < run->outputCount(); ++i)
        outputs.emplace_back(run->output(i).begin(), run->output(i).end());
    return outputs;
}

/// Gives the rows of the inputs in order.
struct Lines : runtime::Feeder {
    explicit Lines(const std::vector<std::vector<uint8_t>>& given)
        : Feeder{give}, inputs(given), positions(given.size(), 0) {}
    static bool give(const Feeder& self, uint32_t input, uint8_t* to, uint32_t bytes) {
        const auto& lines = static_cast<const Lines&>(self);
        std::memcpy(to, lines.inputs[input].data() + lines.positions[input], bytes);
        lines.positions[input] += bytes;
        return true;
    }
    const std::vector<std::vector<uint8_t>>& inputs;
    mutable std::vector<size_t> positions;
};

/// Memory between guards.
struct Guarded {
    explicit Guarded(size_t bytes) : size((bytes + 15) / 16 * 16), exact(bytes) {
        store.assign((2 * kGuardBytes + size) / 16 + 1, {});
        std::memset(store.data(), kGuard, store.size() * 16);
    }
    uint8_t* start() { return store.front().bytes + kGuardBytes; }
    bool isIntact() {
        const auto isGuard = [](uint8_t byte) { return byte == kGuard; };
        return std::all_of(store.front().bytes, start(), isGuard) &&
               std::all_of(start() + exact, start() + size + kGuardBytes, isGuard);
    }
    struct alignas(16) Line {
        uint8_t bytes[16];
    };
    size_t size, exact;
    std::vector<Line> store;
};

Outputs bandedOutputs(const Graph& graph, const types::BandPlan& plan, uint64_t seed) {
    const auto lowered = lowering::lowerBands(graph, plan);
    EXPECT_TRUE(lowered) << lowered.error().message();
    if (!lowered) return {};
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    EXPECT_EQ(program.arenaBytes, plan.arenaBytes);
    EXPECT_EQ(program.stepCount(), static_cast<size_t>(plan.calls));
    Guarded arena(program.arenaBytes), state(program.stateBytes);
    const auto inputs = seededInputs(graph, seed);
    const Lines lines(inputs);
    const runtime::Memory memory{arena.start(), state.start(), &lines};
    runtime::resetState(program, memory);
    for (uint32_t i = 0; i < program.inputs.count; ++i)
        if (uint8_t* to = runtime::addressOf(program, memory, program.input(i)))
            std::ranges::copy(inputs[i], to);
    EXPECT_EQ(runtime::run(program, runtime::referenceKernels(), memory), runtime::Status::Ok);
    EXPECT_TRUE(arena.isIntact());
    EXPECT_TRUE(state.isIntact());
    Outputs outputs;
    for (uint32_t i = 0; i < program.outputs.count; ++i) {
        const auto& tensor = program.tensor(program.output(i));
        const uint8_t* bytes = runtime::addressOf(program, memory, program.output(i));
        outputs.emplace_back(bytes, bytes + tensor.bytes);
    }
    return outputs;
}

/// Divides the model at random: stages of random lengths and rows, some with rows computed again.
Schedule drawSchedule(const scheduling::Problem& problem, bool feeds, std::mt19937& random) {
    Schedule schedule;
    const auto count = static_cast<int32_t>(problem.ops.size());
    const auto draw = [&](int32_t below) {
        return static_cast<int32_t>(random() % static_cast<uint32_t>(below));
    };
    for (int32_t first = 0; first < count;) {
        Stage stage{first, std::min(count, first + 1 + draw(12)), 1 << draw(4), feeds};
        if (draw(3) == 0) stage.rows = 1 + draw(9);
        for (int32_t op = stage.first; op < stage.end; ++op)
            if (draw(3) == 0)
                stage.recomputed.push_back(
                    problem.graph.ops[static_cast<size_t>(op)].outputs.front());
        auto run = scheduling::runStage(problem, stage, false);
        if (!run) stage.recomputed.clear(), run = scheduling::runStage(problem, stage, false);
        while (!run && stage.end > first + 1)
            --stage.end, run = scheduling::runStage(problem, stage, false);
        if (!run || draw(6) == 0) stage = {first, first + 1};
        schedule.stages.push_back(stage);
        first = stage.end;
    }
    return schedule;
}

void compareDrawnSchedules(const Graph& graph, int count, uint32_t seed) {
    auto problems = scheduling::makeProblems(graph);
    ASSERT_TRUE(problems) << problems.error().message();
    std::mt19937 random(seed);
    const Outputs expected = plainOutputs(graph, seed);
    for (int i = 0; i < count; ++i)
        for (const auto& problem : *problems) {
            const Schedule schedule = drawSchedule(problem, i % 2 == 1, random);
            SCOPED_TRACE(graph.name + ": " + scheduling::describe(problem, schedule));
            const auto plan = scheduling::planBands(problem, schedule, true, 10);
            ASSERT_TRUE(plan);
            EXPECT_EQ(bandedOutputs(graph, *plan, seed), expected);
            if (testing::Test::HasFailure()) return;
        }
}

/// A network with every kind of operator that computes rows.
Graph branched(zoo::Precision precision, uint64_t seed) {
    using zoo::Activation;
    using zoo::Padding;
    zoo::GraphBuilder build("branched", precision, seed);
    auto x = build.input({1, 23, 19, 3});
    x = build.conv(x, 8, 3, 2, Padding::Same, Activation::Relu6);
    const auto skip = x;
    x = build.conv(x, 24, 1, 1, Padding::Same, Activation::Relu);
    x = build.pad(x, {{0, 0}, {2, 1}, {1, 2}, {0, 0}});
    x = build.depthwise(x, {4, 3}, 1, Padding::Valid);
    x = build.conv(x, 8, {1, 2}, 1, Padding::Valid);
    x = build.unary(types::OpKind::LOGISTIC, build.add(x, skip));
    const auto left = build.maxPool(x, 3, {1, 1}, Padding::Same);
    const auto right = build.averagePool(x, {2, 3}, {1, 1}, Padding::Same);
    const bool isFloat = precision == zoo::Precision::Float32;
    x = isFloat ? build.concat({left, right, x}) : build.add(left, right);
    x = build.depthwise(x, 5, 2, Padding::Same, Activation::Relu, 2);
    const auto again = x;
    x = build.groupedConv(x, isFloat ? 48 : 16, 2, 3, 1, Padding::Same);
    x = build.mul(x, again);
    x = build.averagePool(x, 2, 2, Padding::Valid);
    return *build.finish({build.softmax(build.fullyConnected(build.flatten(x), 5)), again}).value();
}

TEST(Schedule, DrawnSchedulesOfBuiltModelsMatchThePlainRun) {
    for (const auto precision : {zoo::Precision::Int8, zoo::Precision::Float32})
        compareDrawnSchedules(branched(precision, 3), 40, 17);
}

void compareFront(const Graph& graph) {
    const auto front = scheduling::findFront(graph, {scheduling::Feeding::Both});
    ASSERT_TRUE(front) << front.error().message();
    for (const auto& point : front->points) {
        const auto plan = scheduling::planOf(*front, point);
        EXPECT_EQ(plan.arenaBytes, point.plan.arenaBytes);
        EXPECT_EQ(plan.macs, point.plan.macs);
        EXPECT_EQ(bandedOutputs(graph, plan, 1), plainOutputs(graph, 1));
        const bool feeds = std::ranges::any_of(
            plan.steps, [](const auto& step) { return step.kind == types::BandStep::Kind::Feed; });
        EXPECT_EQ(point.isFed, feeds);
    }
    EXPECT_LT(scheduling::smallestOf(*front, false).plan.arenaBytes, front->whole.plan.arenaBytes);
}

/// Its input is its largest tensor by far.
Graph ofLargeImage() {
    zoo::GraphBuilder build("large image", zoo::Precision::Int8, 2);
    auto x = build.conv(build.input({1, 48, 40, 3}), 4, 3, 2);
    x = build.conv(build.depthwise(x, 3, 2), 8, 1);
    return *build.finish({build.averagePool(x, 2, 2)}).value();
}

TEST(Schedule, FrontsOfBuiltModelsMatchThePlainRun) {
    for (const Graph& graph : {branched(zoo::Precision::Int8, 5), ofLargeImage()})
        compareFront(graph);
}

TEST(Schedule, ALargeImageIsFedByRows) {
    const auto front = scheduling::findFront(ofLargeImage(), {scheduling::Feeding::Both});
    ASSERT_TRUE(front) << front.error().message();
    const auto& smallest = scheduling::smallestOf(*front, true);
    EXPECT_TRUE(smallest.isFed);
    EXPECT_LT(smallest.plan.arenaBytes, 48 * 40 * 3);
    EXPECT_GE(scheduling::smallestOf(*front, false).plan.arenaBytes, 48 * 40 * 3);
}

TEST(Schedule, NoPointOfAFrontIsBeatenByAnotherOfItsKind) {
    // Without a time, and with one that follows from calls.
    for (const bool hasTime : {false, true}) {
        scheduling::FrontOptions options{scheduling::Feeding::Both};
        if (hasTime)
            options.timeOf = [](const types::BandPlan& plan) {
                return static_cast<double>(plan.macs + 100 * plan.calls);
            };
        const auto front = scheduling::findFront(branched(zoo::Precision::Int8, 7), options);
        ASSERT_TRUE(front) << front.error().message();
        for (const auto& a : front->points)
            for (const auto& b : front->points) {
                EXPECT_EQ(a.timeUs.has_value(), hasTime);
                EXPECT_FALSE(&a != &b && a.isFed == b.isFed &&
                             a.plan.arenaBytes <= b.plan.arenaBytes && a.plan.macs <= b.plan.macs &&
                             a.cost() <= b.cost());
            }
        for (const auto* a : scheduling::leastMacs(*front))
            for (const auto& b : front->points)
                EXPECT_FALSE(a != &b && a->isFed == b.isFed &&
                             b.plan.arenaBytes <= a->plan.arenaBytes &&
                             b.plan.macs <= a->plan.macs && b.cost() <= a->cost());
    }
}

TEST(Schedule, TheCheapestWithinALimitIsOfTheAskedKind) {
    const auto front =
        scheduling::findFront(branched(zoo::Precision::Int8, 5), {scheduling::Feeding::Both});
    ASSERT_TRUE(front) << front.error().message();
    for (const auto& point : front->points) {
        const auto* whole =
            scheduling::cheapestWithin(*front, front->arenaBytes(point), /*mayFeed=*/false);
        EXPECT_TRUE(whole == nullptr || !whole->isFed);
        EXPECT_TRUE(point.isFed || whole != nullptr);
        const auto* any = scheduling::cheapestWithin(*front, front->arenaBytes(point), true);
        ASSERT_NE(any, nullptr);
        EXPECT_LE(any->plan.macs, point.plan.macs);
    }
    EXPECT_EQ(scheduling::cheapestWithin(*front, 16, true), nullptr);
}

TEST(Schedule, DrawnSchedulesOfSharedModelsMatchThePlainRun) {
    SKIP_WITHOUT_SHARED();
    for (const char* name : {"mlpt_resnet_int8", "mlpt_kws_int8", "micronas_11", "mcunet_vww",
                             "mlpt_vww96_int8", "heim_lenet_fp32", "mlpt_strww"}) {
        const auto graph =
            tflite::read(*support::sharedDir() / "models" / (std::string(name) + ".tflite"));
        ASSERT_TRUE(graph) << name;
        compareDrawnSchedules(**graph, 4, 5);
        if (HasFailure()) return;
    }
}

}  // namespace

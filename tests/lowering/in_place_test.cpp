// SPDX-License-Identifier: GPL-3.0-or-later
// In-place plans compute the same bytes as plans without overwriting, with the plain and the fast
// kernels; plans that overwrite where kernels cannot are refused.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "memory/best_planner.h"
#include "memory/operator_order.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"

namespace {

using lowering::Execution;
using lowering::Kernels;
using types::Graph;
using types::MemoryPlan;
using types::OpKind;
using types::PlannedBuffer;
using zoo::GraphBuilder;
using zoo::Value;

using Bytes = std::vector<std::vector<uint8_t>>;

bool hasState(const Graph& graph) {
    return std::any_of(graph.tensors.begin(), graph.tensors.end(), [](const types::Tensor& tensor) {
        return tensor.isVariable || tensor.type == types::DataType::Resource;
    });
}

/// What every operator wrote; in three invokes where state reaches from one to the next.
Bytes writtenUnder(const MemoryPlan& plan, const Graph& graph, Kernels kernels) {
    auto lowered = lowering::lower(graph, plan);
    EXPECT_TRUE(lowered) << lowered.error().message();
    if (!lowered) return {};
    Execution execution(std::move(*lowered), kernels);
    lowering::SplitMix64 random(1);
    Bytes written;
    const int invokes = hasState(graph) ? 3 : 1;
    for (int invoke = 0; invoke < invokes; ++invoke) {
        for (size_t i = 0; i < execution.inputCount(); ++i)
            lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution.input(i));
        // Data may end a run, at the same operator under any plan.
        (void)execution.invoke([&](size_t op) {
            for (int32_t tensor : graph.ops[op].outputs)
                if (const auto bytes = execution.tensor(tensor); !bytes.empty())
                    written.emplace_back(bytes.begin(), bytes.end());
        });
    }
    return written;
}

int countInPlace(const MemoryPlan& plan) {
    return static_cast<int>(std::count_if(plan.buffers.begin(), plan.buffers.end(),
                                          [](const auto& b) { return b.overwrites >= 0; }));
}

/// Operators that ran in place.
struct InPlaceTally {
    int models = 0, operators = 0;
    std::set<OpKind> kinds;
    int64_t greedyBytes = 0, ownBytes = 0;
};

void compare(const Graph& graph, InPlaceTally& tally) {
    SCOPED_TRACE(graph.name);
    if (!lowering::checkRunnable(graph)) return;
    const auto greedy = memory::planGreedy(graph, lowering::scratchNeeds(graph));
    const auto own = lowering::netcaliperPlan(graph);
    EXPECT_TRUE(memory::isConsistent(own));
    EXPECT_LE(own.arenaBytes, greedy.arenaBytes);
    EXPECT_GE(own.arenaBytes, own.lowerBoundBytes);
    ++tally.models;
    tally.greedyBytes += greedy.arenaBytes;
    tally.ownBytes += own.arenaBytes;
    if (countInPlace(own) == 0) return;
    tally.operators += countInPlace(own);
    for (const PlannedBuffer& buffer : own.buffers)
        if (buffer.overwrites >= 0)
            tally.kinds.insert(graph.ops[static_cast<size_t>(buffer.firstOp)].kind);
    for (const Kernels kernels : {Kernels::Reference, Kernels::Fast})
        EXPECT_EQ(writtenUnder(own, graph, kernels), writtenUnder(greedy, graph, kernels));
}

InPlaceTally compareAll(const std::filesystem::path& dir) {
    InPlaceTally tally;
    for (const auto& file : support::filesOf(dir, ".tflite")) {
        const auto graph = tflite::read(file);
        EXPECT_TRUE(graph) << graph.error().message();
        if (graph) compare(**graph, tally);
    }
    std::printf("%d models, %d operators of %zu kinds in place, %lld bytes instead of %lld\n",
                tally.models, tally.operators, tally.kinds.size(),
                static_cast<long long>(tally.ownBytes), static_cast<long long>(tally.greedyBytes));
    return tally;
}

TEST(InPlace, EveryOperatorOfOurOwnWritesTheSame) {
    const InPlaceTally tally = compareAll(NETCALIPER_SOURCE_DIR "/tests/golden/models");
    EXPECT_GT(tally.operators, 80);
    EXPECT_GT(tally.kinds.size(), 40u);
}

TEST(InPlace, TheZooWritesTheSame) {
    InPlaceTally tally;
    for (const zoo::BundledModel& model : zoo::bundledModels())
        compare(**model.build(model.precision), tally);
    EXPECT_GT(tally.operators, 0);
}

TEST(InPlace, EveryRealModelWritesTheSame) {
    SKIP_WITHOUT_SHARED();
    const InPlaceTally tally = compareAll(*support::sharedDir() / "models");
    EXPECT_GT(tally.operators, 40);
}

TEST(InPlace, EveryConformanceModelWritesTheSame) {
    SKIP_WITHOUT_SHARED();
    EXPECT_GT(compareAll(*support::sharedDir() / "conformance" / "models").operators, 100);
}

/// Element-wise operators, pools and reshapes in a sequence, with sums that read earlier values:
/// which tensor may overwrite which differs with every draw.
class RandomChain {
public:
    explicit RandomChain(zoo::Precision precision) : m_build("chain", precision) {}

    types::Result<types::GraphPtr> make() {
        const auto side = [] { return *rc::gen::inRange(1, 7); };
        m_values = {m_build.input({1, side(), side(), *rc::gen::inRange(1, 40)})};
        const int layers = *rc::gen::inRange(2, 12);
        for (int i = 0; i < layers; ++i)
            m_values.push_back(next(m_values.back()));
        std::vector<Value> outputs = {m_values.back()};
        if (*rc::gen::arbitrary<bool>()) outputs.push_back(earlier(m_values.back()));
        return m_build.finish(outputs);
    }

private:
    /// Any value of the same shape.
    Value earlier(Value like) {
        std::vector<Value> alike;
        for (const Value value : m_values)
            if (m_build.shape(value) == m_build.shape(like)) alike.push_back(value);
        return alike.empty() ? like : *rc::gen::elementOf(alike);
    }

    Value next(Value x) {
        const auto& shape = m_build.shape(x);
        switch (*rc::gen::inRange(0, 9)) {
            case 0:
                return m_build.unary(OpKind::LOGISTIC, x);
            case 1:
                return m_build.unary(OpKind::TANH, x);
            case 2:
                return m_build.add(x, earlier(x));
            case 3:
                return m_build.mul(earlier(x), x);
            case 4:
                return m_build.softmax(x);
            case 5:
                return m_build.reshape(x, {1, shape[2], shape[1], shape[3]});
            case 6:
                return m_build.maxPool(x, zoo::Size(std::min(2, shape[1]), 1), 2);
            case 7:
                return m_build.averagePool(x, zoo::Size(1, std::min(3, shape[2])), 1);
            default:
                return m_build.unary(OpKind::LEAKY_RELU, x);
        }
    }

    GraphBuilder m_build;
    std::vector<Value> m_values;
};

void checkChains(zoo::Precision precision) {
    setenv("RC_PARAMS", "seed=1 max_success=150", 0);
    EXPECT_TRUE(rc::check([precision] {
        const auto graph = RandomChain(precision).make();
        if (!graph) RC_DISCARD("is no valid graph");
        RC_PRE(lowering::checkRunnable(**graph).has_value());
        const auto greedy = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
        const auto own = lowering::netcaliperPlan(**graph);
        RC_ASSERT(memory::isConsistent(own));
        RC_ASSERT(own.arenaBytes <= greedy.arenaBytes);
        for (const Kernels kernels : {Kernels::Reference, Kernels::Fast})
            RC_ASSERT(writtenUnder(own, **graph, kernels) ==
                      writtenUnder(greedy, **graph, kernels));
        RC_TAG(countInPlace(own) > 0);
    }));
}

TEST(InPlace, RandomChainsOfCodesWriteTheSame) {
    checkChains(zoo::Precision::Int8);
}
TEST(InPlace, RandomChainsOfFloatsWriteTheSame) {
    checkChains(zoo::Precision::Float32);
}

// ---- Invalid plans -----------------------------------------------------------------------------

/// input -> LOGISTIC -> conv -> TANH, all of one size.
types::GraphPtr threeLayers() {
    GraphBuilder build("layers", zoo::Precision::Int8);
    Value x = build.unary(OpKind::LOGISTIC, build.input({1, 4, 4, 8}));
    x = build.unary(OpKind::TANH, build.conv(x, 8, 3));
    return *build.finish({x});
}

struct Planned {
    types::GraphPtr graph = threeLayers();
    MemoryPlan plan = memory::planGreedy(*graph, lowering::scratchNeeds(*graph));

    PlannedBuffer& outputOf(size_t op) { return bufferOf(graph->ops[op].outputs[0]); }
    PlannedBuffer& inputOf(size_t op) { return bufferOf(graph->ops[op].inputs[0]); }
    PlannedBuffer& bufferOf(int32_t tensor) {
        return *std::find_if(plan.buffers.begin(), plan.buffers.end(),
                             [&](const PlannedBuffer& b) { return b.tensor == tensor; });
    }
    void lay(PlannedBuffer& output, const PlannedBuffer& input) {
        output.offset = input.offset;
        output.overwrites = input.tensor;
    }
    std::string refusal() {
        const auto lowered = lowering::lower(*graph, plan);
        return lowered ? "" : lowered.error().what;
    }
};

TEST(InPlace, AnOutputOverADeadInputIsTaken) {
    Planned p;
    p.inputOf(0).offset = 0;
    p.lay(p.outputOf(0), p.inputOf(0));
    p.outputOf(1).offset = 128;
    p.outputOf(2).offset = 0;
    EXPECT_EQ(p.refusal(), "");
}

TEST(InPlace, AKernelThatLooksBackIsRefused) {
    Planned p;
    p.lay(p.outputOf(1), p.inputOf(1));
    EXPECT_NE(p.refusal().find("which the kernel cannot"), std::string::npos);
}

TEST(InPlace, SharingThatIsNotDeclaredIsRefused) {
    Planned p;
    p.outputOf(0).offset = p.inputOf(0).offset;
    EXPECT_NE(p.refusal().find("share bytes"), std::string::npos);
}

TEST(InPlace, SharingWithoutTheSamePlaceIsRefused) {
    Planned p;
    p.inputOf(0).offset = 0;
    p.lay(p.outputOf(0), p.inputOf(0));
    p.outputOf(0).offset = 16;
    p.outputOf(1).offset = 256;
    p.outputOf(2).offset = 384;
    p.plan.arenaBytes = 512;
    EXPECT_NE(p.refusal().find("share bytes"), std::string::npos);
}

TEST(InPlace, LifetimesOfThePlanAreNotBelieved) {
    Planned p;
    PlannedBuffer& read = p.inputOf(1);
    read.lastOp = read.firstOp;
    p.outputOf(1).offset = read.offset;
    EXPECT_NE(p.refusal().find("share bytes"), std::string::npos);
}

TEST(InPlace, PlacesOutsideOfTheArenaAreRefused) {
    Planned p;
    p.outputOf(2).offset = p.plan.arenaBytes;
    EXPECT_NE(p.refusal(), "");
}

TEST(InPlace, OrdersAndBuffersOfOtherGraphsAreRefused) {
    Planned twice;
    twice.plan.order = {0, 0, 1};
    EXPECT_NE(twice.refusal(), "");
    Planned foreign;
    foreign.plan.buffers[0].tensor = 1000;
    EXPECT_NE(foreign.refusal(), "");
}

// A model output is read after the run, so nothing may overwrite it.
TEST(InPlace, ModelOutputsKeepTheirPlace) {
    GraphBuilder build("kept", zoo::Precision::Int8);
    const Value first = build.unary(OpKind::LOGISTIC, build.input({1, 64}));
    const auto graph = *build.finish({first, build.unary(OpKind::TANH, first)});
    for (const PlannedBuffer& buffer : lowering::netcaliperPlan(*graph).buffers)
        EXPECT_NE(buffer.overwrites, graph->outputs[0]);
    auto plan = memory::planGreedy(*graph, lowering::scratchNeeds(*graph));
    for (PlannedBuffer& buffer : plan.buffers)
        if (buffer.tensor == graph->outputs[1]) buffer.overwrites = graph->outputs[0];
    EXPECT_FALSE(lowering::lower(*graph, plan));
}

// Scratch is planned by its operator's index in the order.
TEST(InPlace, AnotherOrderOfOperatorsRuns) {
    GraphBuilder build("branches", zoo::Precision::Int8);
    const Value x = build.input({1, 4, 4, 4});
    const Value a = build.conv(x, 32, 3), b = build.conv(x, 32, 3);
    const Value small = build.conv(a, 4, 3), other = build.conv(b, 4, 3);
    const auto graph = *build.finish({build.add(small, other)});
    const auto needs = lowering::planNeeds(*graph);
    const auto found = memory::searchOrder(*graph, needs.scratch, needs.overwritable);
    ASSERT_FALSE(std::is_sorted(found.order.begin(), found.order.end()));
    auto plan = memory::planBest(memory::withOrder(*graph, found.order),
                                 memory::withOrder(needs.scratch, found.order),
                                 memory::withOrder(needs.overwritable, found.order));
    EXPECT_EQ(plan.lowerBoundBytes, found.peakBytes);
    plan.order = found.order;
    const auto greedy = memory::planGreedy(*graph, needs.scratch);
    EXPECT_LT(plan.arenaBytes, greedy.arenaBytes);
    EXPECT_EQ(writtenUnder(plan, *graph, Kernels::Fast).back(),
              writtenUnder(greedy, *graph, Kernels::Fast).back());
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// No verdict contradicts what TFLM said of real files; every verdict of every operator has a
// source; the rewrites that are named help.
#include "compat/compat.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "support/golden.h"
#include "tflite/read.h"
#include "transform/apply.h"

namespace {

using namespace types;

/// The runtime whose refusals the goldens record.
constexpr const char* kGoldenRuntime = "tflm@2026-08";

RuntimeSupport supportOf(const Graph& graph, const std::string& runtime) {
    const auto found = compat::check(graph, runtime);
    EXPECT_TRUE(found && found->size() == 1);
    return found ? found->front() : RuntimeSupport{};
}

std::string firstReason(const RuntimeSupport& support) {
    for (const LayerSupport& layer : support.layers)
        if (layer.verdict == support.worst()) return layer.reason;
    return support.rest.reason;
}

/// Kernels that stop at values of the inputs: ids outside of their table, roots of negative
/// numbers.
bool readsValues(const Graph& graph) {
    return std::any_of(graph.ops.begin(), graph.ops.end(), [](const Op& op) {
        return op.kind == OpKind::EMBEDDING_LOOKUP || op.kind == OpKind::GATHER_ND ||
               op.kind == OpKind::RSQRT || op.kind == OpKind::SQRT;
    });
}

TEST(Compat, NoVerdictContradictsTheGoldensOfRecentFiles) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "recent";
    const auto goldens = support::readJson(dir / "goldens.json");
    int ran = 0, refused = 0;
    for (const auto& [file, golden] : goldens.items()) {
        const auto graph = tflite::read(dir / file);
        if (!graph) continue;
        const bool runs = golden.contains("1") && golden["1"].contains("outputs");
        const RuntimeSupport support = supportOf(**graph, kGoldenRuntime);
        if (runs) {
            EXPECT_EQ(support.runs(), std::optional(true)) << file << ": " << firstReason(support);
        } else if (!readsValues(**graph)) {
            EXPECT_NE(support.runs(), std::optional(true)) << file;
        }
        ++(runs ? ran : refused);
    }
    EXPECT_GE(ran, 70);
    EXPECT_GE(refused, 20);
}

TEST(Compat, ModelsWithGoldensRun) {
    SKIP_WITHOUT_SHARED();
    int models = 0;
    for (const auto& golden : support::goldenCases("")) {
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        for (const char* runtime : {kGoldenRuntime, "netcaliper"}) {
            const RuntimeSupport support = supportOf(**graph, runtime);
            EXPECT_EQ(support.runs(), std::optional(true))
                << golden.name() << " " << runtime << ": " << firstReason(support);
        }
        ++models;
    }
    EXPECT_GE(models, 32);
}

TEST(Compat, OurOwnGoldensRunInTflmAndHere) {
    for (const auto& file :
         support::filesOf(NETCALIPER_SOURCE_DIR "/tests/golden/models", ".tflite")) {
        const auto graph = tflite::read(file);
        ASSERT_TRUE(graph) << file << ": " << graph.error().message();
        const RuntimeSupport support = supportOf(**graph, kGoldenRuntime);
        EXPECT_EQ(support.runs(), std::optional(true)) << file << ": " << firstReason(support);
    }
}

/// Judges every operator of a model under every runtime.
void tally(const Graph& graph, std::set<OpKind>& kinds, int& verdicts, int& unknown) {
    const auto runtimes = compat::check(graph);
    ASSERT_TRUE(runtimes);
    for (const RuntimeSupport& runtime : *runtimes) {
        ASSERT_EQ(runtime.layers.size(), graph.ops.size());
        for (size_t i = 0; i < graph.ops.size(); ++i) {
            const LayerSupport& layer = runtime.layers[i];
            EXPECT_FALSE(layer.source.empty()) << runtime.id << " " << opLabel(graph, i);
            EXPECT_EQ(layer.reason.empty(), layer.verdict == Support::Runs)
                << runtime.id << " " << opLabel(graph, i);
            ++verdicts;
            unknown += layer.verdict == Support::Unknown;
        }
    }
    for (const Op& op : graph.ops)
        kinds.insert(op.kind);
}

TEST(Compat, EveryOperatorHasAVerdictAndItsSource) {
    SKIP_WITHOUT_SHARED();
    std::set<OpKind> kinds;
    int verdicts = 0, unknown = 0;
    for (const char* sub : {"models", "recent"})
        for (const auto& file : support::filesOf(*support::sharedDir() / sub, ".tflite"))
            if (const auto graph = tflite::read(file)) tally(**graph, kinds, verdicts, unknown);
    std::cout << kinds.size() << " operators, " << compat::runtimeIds().size() << " runtimes, "
              << verdicts << " verdicts, " << unknown << " of them unknown\n";
    EXPECT_GE(kinds.size(), 60u);
}

Variation variationOf(const std::string& flag) {
    Variation variation;
    variation.rewrite.selectV2 = flag == "--select-v2";
    variation.rewrite.inlineComposites = flag == "--inline-composites";
    variation.rewrite.denseMatMul = flag == "--dense-matmul";
    variation.rewrite.perTensorDense = flag == "--per-tensor-dense";
    variation.rewrite.foldConstants = flag == "--fold-constants";
    return variation;
}

/// How many operators have a verdict for which `flag` is named.
int64_t namedFor(const Graph& graph, const std::string& runtime, const std::string& flag) {
    const RuntimeSupport support = supportOf(graph, runtime);
    return std::count_if(support.layers.begin(), support.layers.end(),
                         [&flag](const LayerSupport& layer) { return layer.rewrite == flag; });
}

TEST(Compat, NamedRewritesHelp) {
    SKIP_WITHOUT_SHARED();
    std::map<std::string, int> helped;
    for (const auto& file : support::filesOf(*support::sharedDir() / "recent", ".tflite")) {
        const auto graph = tflite::read(file);
        if (!graph) continue;
        for (const char* flag :
             {"--select-v2", "--inline-composites", "--dense-matmul", "--per-tensor-dense"}) {
            const std::string runtime =
                flag == std::string("--per-tensor-dense") ? "tflm@2023-06" : kGoldenRuntime;
            const int64_t before = namedFor(**graph, runtime, flag);
            if (before == 0) continue;
            const auto varied = transform::apply(*graph, variationOf(flag), {});
            if (!varied) continue;
            EXPECT_LT(namedFor(*varied->graph, runtime, flag), before) << file << " " << flag;
            ++helped[flag];
        }
    }
    EXPECT_GE(helped["--inline-composites"], 1);
    EXPECT_GE(helped.size(), 2u);
}

TEST(Compat, RuntimesAreChosenByNameOrRelease) {
    Graph empty;
    EXPECT_EQ(compat::check(empty, "tflm")->size(), 5u);
    EXPECT_EQ(compat::check(empty, "tflm+esp-nn")->size(), 9u);
    EXPECT_EQ(compat::check(empty, "tflm+esp-nn@1.2.3")->size(), 1u);
    EXPECT_EQ(compat::check(empty)->size(), compat::runtimeIds().size());
    EXPECT_FALSE(compat::check(empty, "tf"));
    EXPECT_EQ(compat::check(empty, "netcaliper")->front().runs(), std::optional(true));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever knobs are combined, the result is a valid model that runs, or an Error.
#include <gtest/gtest.h>

#include "analysis/validate.h"
#include "graph_surgery.h"
#include "random_graph.h"
#include "random_variation.h"
#include "same_outputs.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/document/variation_file.h"
#include "zoo/reference_models.h"

namespace {

using namespace surgery;
using types::GraphPtr;
using types::Variation;

/// One invoke for every model would take too long: larger ones are lowered only.
constexpr int64_t kMaxMacs = 5'000'000;

void expectSound(const GraphPtr& graph, const Variation& variation) {
    SCOPED_TRACE(transform::variationText(variation));
    const auto varied = transform::apply(graph, variation);
    ASSERT_TRUE(varied) << varied.error().message();
    const auto sound = analysis::validate(*varied->graph);
    ASSERT_TRUE(sound) << sound.error().message();
    const auto again = tflite::readBytes(tflite::writeBytes(*varied->graph), graph->name);
    ASSERT_TRUE(again) << again.error().message();
    auto execution = lowering::Execution::create(**again);
    ASSERT_TRUE(execution) << execution.error().message();
    if (macsOf(**again) > kMaxMacs) return;
    EXPECT_TRUE(execution->invoke());
}

/// Knobs that calibrate run the model often, so they are tested on smaller models. The largest
/// models are only narrowed and made sparse.
Variation affordable(const GraphPtr& graph, Variation variation) {
    if (macsOf(*graph) <= kMaxMacs / 10) return variation;
    if (macsOf(*graph) > 2 * kMaxMacs) {
        variation.quantize = {};
        for (auto& [layer, knobs] : variation.layers)
            knobs.precision.reset();
    }
    variation.prune.recover = false;
    if (variation.prune.measure == types::ImportanceMeasure::Sensitivity)
        variation.prune.measure = types::ImportanceMeasure::L2;
    variation.quantize.ranges = types::RangeMethod::MinMax;
    variation.quantize.equalize = false;
    variation.quantize.correctBias = false;
    variation.quantize.reconstruct = false;
    return variation;
}

/// Another test covers sizes that a model cannot take.
Variation randomFor(const GraphPtr& graph, uint64_t seed) {
    Variation variation = variationOf(seed, static_cast<int32_t>(graph->ops.size()));
    variation.inputSize.reset();
    return affordable(graph, variation);
}

TEST(RandomVariation, ReferenceModelsStaySound) {
    uint64_t seed = 0;
    for (const auto& model : zoo::bundledModels()) {
        SCOPED_TRACE(model.name);
        const GraphPtr graph = model.build(model.precision).value();
        for (int i = 0; i < 3; ++i)
            expectSound(graph, randomFor(graph, ++seed));
    }
}

/// Small graphs of all kinds of layers, on which calibration is cheap.
TEST(RandomVariation, RandomGraphsStaySound) {
    for (uint64_t seed = 1; seed <= 16; ++seed) {
        const auto precision = seed % 2 == 0 ? zoo::Precision::Float32 : zoo::Precision::Int8;
        const GraphPtr graph = RandomGraph(seed, precision, Layers::Plain).make(4).value();
        Variation variation = randomFor(graph, seed + 500);
        // Some of these layers have no derivative; another test covers them.
        if (variation.prune.measure == types::ImportanceMeasure::Sensitivity)
            variation.prune.measure = types::ImportanceMeasure::GeometricMedian;
        expectSound(graph, variation);
    }
}

TEST(RandomVariation, SharedModelsStaySound) {
    SKIP_WITHOUT_SHARED();
    uint64_t seed = 1000;
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        SCOPED_TRACE(file.stem().string());
        const GraphPtr graph = tflite::read(file).value();
        if (!runnable(*graph)) continue;
        expectSound(graph, randomFor(graph, ++seed));
    }
}

TEST(RandomVariation, NoKnobIsTheIdentity) {
    for (const auto& model : zoo::bundledModels()) {
        const GraphPtr graph = model.build(model.precision).value();
        Variation variation;
        variation.prune.recover = true;
        variation.prune.measure = types::ImportanceMeasure::L2;
        variation.layers[0] = {};
        const auto varied = transform::apply(graph, variation).value();
        EXPECT_EQ(varied.graph, graph);
        EXPECT_TRUE(varied.changes.empty());
    }
}

}  // namespace

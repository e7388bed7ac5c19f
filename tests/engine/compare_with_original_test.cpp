// SPDX-License-Identifier: GPL-3.0-or-later
// How evaluate() uses data: evaluation samples, calibration samples, and their descriptions.

#include <gtest/gtest.h>

#include "engine/evaluate.h"
#include "scoring/score.h"
#include "support/classifier_data.h"

namespace {

using namespace types;
using classified::classifier;
using classified::labelledBy;

EvaluationPtr evaluated(const GraphPtr& graph, const Variation& variation,
                        const scoring::SampleSelection& selection) {
    engine::EvaluateOptions options;
    options.data = selection;
    const auto e = engine::evaluate(graph, variation, nullptr, options);
    EXPECT_TRUE(e) << e.error().message();
    return *e;
}

Variation pruned() {
    Variation variation;
    variation.width = 0.5;
    variation.prune.recover = false;
    return variation;
}

TEST(CompareWithOriginal, TheOriginalIsScoredOnAllSamples) {
    const auto graph = classifier();
    scoring::SampleSelection selection;
    selection.dataset = labelledBy(*graph, 40);
    const auto e = evaluated(graph, Variation{}, selection);
    EXPECT_EQ(e->labelledSamples, 40);
    EXPECT_DOUBLE_EQ(e->totals.accuracy->value, 1.0);
    EXPECT_EQ(e->quality->source, "40 samples of labelled");
    EXPECT_FALSE(e->originalQuality);
    EXPECT_FALSE(e->totals.agreement);
}

TEST(CompareWithOriginal, AVariationStandsBesideItsOriginal) {
    const auto graph = classifier();
    scoring::SampleSelection selection;
    selection.dataset = labelledBy(*graph, 60);
    const auto e = evaluated(graph, pruned(), selection);
    ASSERT_TRUE(e->quality && e->originalQuality && e->totals.agreement);
    EXPECT_DOUBLE_EQ(e->originalQuality->top1->value, 1.0);
    // Labels are the original's first choices: agreement and accuracy are the same thing.
    EXPECT_DOUBLE_EQ(*e->totals.agreement, e->totals.accuracy->value);
    EXPECT_EQ(e->samples, 60);
    EXPECT_EQ(e->samplesSource, "60 samples of labelled");
}

TEST(CompareWithOriginal, NoSampleServesBothCalibrationAndEvaluation) {
    const auto graph = classifier();
    scoring::SampleSelection selection;
    selection.dataset = labelledBy(*graph, 60);
    Variation learning = pruned();
    learning.prune.recover = true;
    const auto chosen = scoring::chooseSamples(*graph, learning, selection);
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->evaluation->samples.size(), 30u);
    EXPECT_EQ(chosen->evaluation->name, "labelled (test part)");
    EXPECT_EQ(chosen->calibration->source, "30 samples of labelled (calibration part)");
    const auto evaluated = *scoring::realInputs(*chosen->evaluation, *graph);
    for (const auto& calibrating : chosen->calibration->samples)
        EXPECT_EQ(std::count(evaluated->samples.begin(), evaluated->samples.end(), calibrating), 0);
    // Nothing is calibrated, so no samples are taken from the evaluation.
    EXPECT_EQ(scoring::chooseSamples(*graph, pruned(), selection)->evaluation->samples.size(), 60u);
    selection.evaluation = scoring::EvaluationSamples::TestPart;
    EXPECT_EQ(scoring::chooseSamples(*graph, pruned(), selection)->evaluation->samples.size(), 30u);
}

TEST(CompareWithOriginal, AllOfACalibrationDatasetServes) {
    const auto graph = classifier();
    scoring::SampleSelection selection;
    selection.dataset = labelledBy(*graph, 60);
    auto other = *selection.dataset;
    other.path = "/other";
    selection.calibration = std::make_shared<const data::Dataset>(other);
    selection.calibrationSamples = 20;
    Variation learning = pruned();
    learning.prune.recover = true;
    const auto chosen = scoring::chooseSamples(*graph, learning, selection);
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->evaluation->samples.size(), 60u);
    EXPECT_EQ(chosen->calibration->samples.size(), 20u);
}

TEST(CompareWithOriginal, UnlabelledDataGiveAgreement) {
    const auto graph = classifier();
    auto unlabelled = *labelledBy(*graph, 20);
    unlabelled.classes = 0;
    scoring::SampleSelection selection;
    selection.dataset = std::make_shared<const data::Dataset>(unlabelled);
    const auto e = evaluated(graph, pruned(), selection);
    EXPECT_FALSE(e->quality);
    EXPECT_TRUE(e->totals.agreement);
    EXPECT_EQ(e->samples, 20);
}

TEST(CompareWithOriginal, LayersOfAnEqualModelDoNotDiffer) {
    const auto graph = classifier();
    Variation onlyRounding = pruned();
    onlyRounding.width = 0.99;
    onlyRounding.channelMultiple = 8;
    const auto e = evaluated(graph, onlyRounding, {});
    for (const LayerEvaluation& layer : e->layers) {
        ASSERT_TRUE(layer.error) << layer.index;
        EXPECT_FALSE(layer.error->cumulative.differs);
    }
}

TEST(CompareWithOriginal, TargetsAndReconstructionsAreMeasured) {
    zoo::GraphBuilder build("autoencoder");
    const auto x = build.input({1, 6}, -1, 1);
    const auto graph = *build.finish({build.fullyConnected(build.fullyConnected(x, 2), 6)});
    data::Dataset dataset;
    dataset.name = "numbers";
    for (int i = 0; i < 8; ++i)
        dataset.samples.push_back(classified::sampleOf(std::vector<float>(6, 0.1f * i), -1));
    EXPECT_EQ(*scoring::taskOf(*graph, dataset), scoring::Task::Reconstruction);
    const auto outputs = scoring::runOnSamples(*graph, **scoring::realInputs(dataset, *graph));
    const auto quality = scoring::score(scoring::Task::Reconstruction, dataset, *outputs);
    EXPECT_GT(quality->meanSquaredError->value, 0);
    // A recording of two windows and one of six; the second is odd.
    dataset.classes = 2;
    dataset.groups = 2;
    for (size_t i = 0; i < 8; ++i) {
        dataset.samples[i].group = i < 2 ? 0 : 1;
        dataset.samples[i].label = i < 2 ? 0 : 1;
    }
    EXPECT_EQ(*scoring::taskOf(*graph, dataset), scoring::Task::Anomaly);
    const auto anomalies = scoring::score(scoring::Task::Anomaly, dataset, *outputs);
    EXPECT_EQ(anomalies->samples, 2);
    EXPECT_DOUBLE_EQ(anomalies->auc->value, 1.0);
    for (auto& sample : dataset.samples)
        sample.target = {0, 0, 0, 0, 0, 0};
    EXPECT_EQ(*scoring::taskOf(*graph, dataset), scoring::Task::Regression);
    const auto regression = scoring::score(scoring::Task::Regression, dataset, *outputs);
    double squares = 0;
    for (const auto& output : outputs->outputs)
        for (float value : output)
            squares += double{value} * value;
    EXPECT_NEAR(regression->meanSquaredError->value, squares / 48, 1e-9);
}

TEST(CompareWithOriginal, LabelsBeyondTheModelAreRefused) {
    const auto graph = classifier();
    auto dataset = *labelledBy(*graph, 5);
    dataset.classes = 9;
    const auto task = scoring::taskOf(*graph, dataset);
    ASSERT_FALSE(task);
    EXPECT_EQ(task.error().what, "the data have 9 classes, the model 3 outputs");
}

}  // namespace

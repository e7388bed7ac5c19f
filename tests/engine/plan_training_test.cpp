// SPDX-License-Identifier: GPL-3.0-or-later
// What a training would do is told before it starts, and a training done before is taken again.
#include "engine/plan_training.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "data/overlap.h"
#include "engine/evaluate.h"
#include "support/classifier_data.h"

namespace {

using types::AugmentationStep;
using types::Variation;

scoring::SampleSelection selectionOf(const data::DatasetPtr& dataset) {
    scoring::SampleSelection selection;
    selection.dataset = dataset;
    selection.evaluation = scoring::EvaluationSamples::TestPart;
    return selection;
}

Variation briefly(int32_t epochs = 2) {
    Variation variation;
    variation.prune.channels = 0.5;
    variation.train.epochs = epochs;
    return variation;
}

/// The classifier behind an operator that has no derivative rule.
types::GraphPtr behindFloor(const types::Graph& classifier) {
    types::Graph graph = classifier;
    const int32_t input = graph.inputs[0], floored = int32_t(graph.tensors.size());
    graph.tensors.push_back(graph.tensors[size_t(input)]);
    graph.tensors.back().name = "floored";
    types::Op floor;
    floor.kind = types::OpKind::FLOOR;
    floor.inputs = {input};
    floor.outputs = {floored};
    graph.ops[0].inputs[0] = floored;
    graph.ops.insert(graph.ops.begin(), floor);
    for (size_t i = 0; i < graph.ops.size(); ++i)
        graph.ops[i].origin = int32_t(i);
    return std::make_shared<const types::Graph>(graph);
}

TEST(PlanTraining, TellsPartsClassesAndMemory) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 200);
    const auto plan = engine::planTraining(graph, briefly(), selectionOf(all));
    ASSERT_TRUE(plan) << plan.error().message();
    EXPECT_EQ(plan->train.samples + plan->validation.samples + plan->test.samples, 200);
    EXPECT_EQ(plan->test.samples, 100);
    EXPECT_EQ(plan->train.groups, plan->train.samples);
    ASSERT_EQ(plan->train.byClass.size(), 3u);
    EXPECT_EQ(plan->train.byClass[0] + plan->train.byClass[1] + plan->train.byClass[2],
              plan->train.samples);
    EXPECT_EQ(plan->dataBytes, 200 * 128 * 4);
    EXPECT_EQ(plan->keptBytes, 100 * 128 * 4);
    EXPECT_GT(plan->networkBytes, 0);
    EXPECT_TRUE(plan->frozen.empty());
    // A plan needs no time of training.
    EXPECT_TRUE(engine::planTraining(graph, {}, selectionOf(all)));
}

TEST(PlanTraining, IsWhatTrainingDoes) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 120);
    const auto plan = engine::planTraining(graph, briefly(), selectionOf(all));
    const auto varied = engine::varyOnData(graph, briefly(), selectionOf(all), {});
    ASSERT_TRUE(plan && varied);
    EXPECT_EQ(varied->training->trainSamples, plan->train.samples);
    EXPECT_EQ(varied->training->validationSamples, plan->validation.samples);
    EXPECT_EQ(varied->training->memoryBytes, plan->bytes());
    EXPECT_EQ(int32_t(varied->evaluation->samples.size()), plan->test.samples);
}

TEST(PlanTraining, NamesGroupsAndImbalance) {
    const auto graph = classified::classifier();
    auto all = std::make_shared<data::Dataset>(*classified::labelledBy(*graph, 200));
    for (size_t i = 0; i < all->samples.size(); ++i) {
        all->samples[i].name = "speaker" + std::to_string(i / 5) + "_" + std::to_string(i) + ".wav";
        all->samples[i].label = i % 20 == 0 ? 1 : i % 2 == 0 ? 0 : 2;
    }
    const auto plan = engine::planTraining(graph, briefly(), selectionOf(all));
    ASSERT_TRUE(plan) << plan.error().message();
    EXPECT_LE(plan->train.groups + plan->validation.groups + plan->test.groups, 40);
    EXPECT_LT(plan->train.groups, plan->train.samples);
    EXPECT_TRUE(plan->weighsClasses);
}

TEST(PlanTraining, NamesFrozenLayers) {
    const auto plain = classified::classifier();
    const auto all = classified::labelledBy(*plain, 100);
    const auto plan = engine::planTraining(behindFloor(*plain), briefly(), selectionOf(all));
    ASSERT_TRUE(plan) << plan.error().message();
    ASSERT_EQ(plan->frozen.size(), 1u);
    EXPECT_NE(plan->frozen[0].find("FLOOR"), std::string::npos);
}

TEST(PlanTraining, SaysWhyNothingCanBeTrained) {
    const auto graph = classified::classifier();
    const auto refusal = [&](const data::DatasetPtr& data) {
        const auto plan = engine::planTraining(graph, briefly(), selectionOf(data));
        return plan ? std::string("planned") : plan.error().message();
    };
    EXPECT_NE(refusal(nullptr).find("training needs data"), std::string::npos);
    EXPECT_NE(refusal(classified::labelledBy(*graph, 20)).find("too few"), std::string::npos);
}

TEST(PlanTraining, TooMuchMemoryIsRefused) {
    zoo::GraphBuilder build("wide", zoo::Precision::Float32, 3);
    auto x = build.input({1, 1024, 1024, 3}, -1, 1);
    x = build.conv(x, 64, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.conv(x, 1, 3, 8, zoo::Padding::Same, zoo::Activation::Relu);
    const auto graph = build.finish({build.averagePool(x, 128)});
    ASSERT_TRUE(graph) << graph.error().message();
    auto data = std::make_shared<data::Dataset>();
    data->name = "photos";
    data->path = "/photos";
    for (int i = 0; i < 100; ++i) {
        data::Sample sample{"photo", -1,
                            types::Bytes(std::vector<uint8_t>(16 * 16 * 3, uint8_t(i)))};
        sample.content = data::Content::Pixels;
        sample.shape = {16, 16, 3};
        data->samples.push_back(sample);
    }
    const auto plan = engine::planTraining(*graph, briefly(), selectionOf(data));
    ASSERT_FALSE(plan);
    EXPECT_NE(plan.error().message().find("MiB of memory"), std::string::npos)
        << plan.error().message();
}

TEST(AugmentedSamples, ShowEachStepAloneAndFollowTheSeed) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 100);
    Variation variation = briefly();
    variation.train.augment = types::Augmentation::Images;
    variation.train.flip = true;
    const auto shown = engine::augmentedSamples(graph, variation, selectionOf(all), 3);
    ASSERT_TRUE(shown) << shown.error().message();
    ASSERT_EQ(shown->size(), 3u);
    std::set<AugmentationStep> steps;
    for (const types::AugmentedSample& sample : *shown) {
        EXPECT_EQ(sample.height, 8);
        EXPECT_EQ(sample.channels, 2);
        for (const auto& change : sample.changes) {
            steps.insert(change.step);
            EXPECT_NE(change.values, sample.before) << int(change.step);
        }
    }
    EXPECT_EQ(steps, (std::set{AugmentationStep::Shift, AugmentationStep::Mirror,
                               AugmentationStep::Brightness, AugmentationStep::CutOut,
                               AugmentationStep::Mixture}));
    const auto again = engine::augmentedSamples(graph, variation, selectionOf(all), 3);
    EXPECT_EQ((*again)[0].changes[2].values, (*shown)[0].changes[2].values);
    variation.train.seed = 2;
    const auto other = engine::augmentedSamples(graph, variation, selectionOf(all), 3);
    EXPECT_NE((*other)[0].changes[2].values, (*shown)[0].changes[2].values);
    variation.train.augment = types::Augmentation::None;
    EXPECT_TRUE(engine::augmentedSamples(graph, variation, selectionOf(all), 3)->empty());
}

TEST(AugmentedSamples, FeaturesHaveTheirOwnSteps) {
    const auto graph = classified::classifier();
    Variation variation = briefly();
    variation.train.augment = types::Augmentation::Features;
    const auto shown = engine::augmentedSamples(
        graph, variation, selectionOf(classified::labelledBy(*graph, 100)), 1);
    ASSERT_TRUE(shown) << shown.error().message();
    ASSERT_EQ((*shown)[0].changes.size(), 4u);
    EXPECT_EQ((*shown)[0].changes[3].step, AugmentationStep::Noise);
}

TEST(TrainingControl, APauseIsNoTimeOfTheTraining) {
    using namespace std::chrono;
    const auto graph = classified::classifier();
    auto unlabelled = std::make_shared<data::Dataset>(*classified::labelledBy(*graph, 100));
    unlabelled->classes = 0;
    for (data::Sample& sample : unlabelled->samples)
        sample.label = -1;
    engine::TrainingControl control;
    int asked = 0;
    control.isFinishAsked = [&asked] {
        if (asked++ == 1) std::this_thread::sleep_for(milliseconds(300));
        return false;
    };
    const auto start = steady_clock::now();
    const auto varied = engine::varyOnData(graph, briefly(), selectionOf(unlabelled), {}, control);
    ASSERT_TRUE(varied) << varied.error().message();
    EXPECT_GT(asked, 2);
    EXPECT_LT(varied->training->seconds + 0.3,
              duration<double>(steady_clock::now() - start).count());
}

TEST(TrainedBefore, IsTakenAgainWithoutTraining) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 120);
    int told = 0;
    engine::TrainingControl control;
    control.onEpoch = [&told](bool, const types::Training&) { ++told; };
    const auto varied = engine::varyOnData(graph, briefly(), selectionOf(all), {}, control);
    ASSERT_TRUE(varied) << varied.error().message();
    EXPECT_EQ(told, 4);  // two epochs of the original, two of the varied model
    EXPECT_EQ(varied->learned.size(), 60u);

    engine::EvaluateOptions options;
    options.data = selectionOf(all);
    options.training.done = std::make_shared<const engine::VariedOnData>(*varied);
    options.training.onEpoch = control.onEpoch;
    const auto e = engine::evaluate(graph, briefly(), nullptr, options);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_EQ(told, 4);
    EXPECT_EQ((*e)->graph, varied->graph);
    EXPECT_EQ((*e)->labelledSamples, 60);
    EXPECT_TRUE((*e)->trainedOriginalQuality);
    // Without data it is shown, too.
    options.data = {};
    EXPECT_TRUE(engine::evaluate(graph, briefly(), nullptr, options));
}

TEST(TrainedBefore, IsNotJudgedOnWhatItLearnedFrom) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 120);
    const auto varied = engine::varyOnData(graph, briefly(), selectionOf(all), {});
    ASSERT_TRUE(varied);
    engine::TrainingControl control;
    control.done = std::make_shared<const engine::VariedOnData>(*varied);
    // Other data, a half of which it was trained on.
    auto other = std::make_shared<data::Dataset>(*all);
    other->path = "/other";
    scoring::SampleSelection selection;
    selection.dataset = other;
    const auto again = engine::varyOnData(graph, briefly(), selection, {}, control);
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(again->evaluation->samples.size(), 60u);
    EXPECT_NE(again->changes.back().find("60 evaluation samples left out"), std::string::npos);
    other->samples = data::select(*all, {}, "").samples;
    for (const data::Sample& sample : all->samples)
        if (data::unseenBy(data::select(*all, {int32_t(&sample - all->samples.data())}, ""),
                           varied->learned)
                .empty())
            other->samples.push_back(sample);
    EXPECT_FALSE(engine::varyOnData(graph, briefly(), selection, {}, control));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train_on_data.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/evaluate.h"
#include "support/classifier_data.h"

namespace {

using types::Variation;

Variation trainedHalf(int32_t epochs = 3) {
    Variation variation;
    variation.prune.channels = 0.5;
    variation.train.epochs = epochs;
    return variation;
}

types::Result<types::EvaluationPtr> evaluated(const types::GraphPtr& graph,
                                              const data::DatasetPtr& learning,
                                              const data::DatasetPtr& judging,
                                              const Variation& variation = trainedHalf()) {
    engine::EvaluateOptions options;
    options.data.dataset = judging;
    options.data.calibration = learning;
    return engine::evaluate(graph, variation, nullptr, options);
}

/// The samples from `first` on as a dataset of its own.
data::DatasetPtr part(const data::Dataset& dataset, size_t first, size_t count,
                      const std::string& name) {
    auto own = std::make_shared<data::Dataset>(dataset);
    own->name = name;
    own->path = "/" + name;
    const auto begin = dataset.samples.begin() + std::ptrdiff_t(first);
    own->samples.assign(begin, begin + std::ptrdiff_t(count));
    return own;
}

bool tells(const types::Evaluation& e, const std::string& text) {
    return std::any_of(e.changes.begin(), e.changes.end(), [&](const std::string& change) {
        return change.find(text) != std::string::npos;
    });
}

TEST(TrainOnData, AnIntegerModelLearnsAndStaysOne) {
    const auto graph = classified::classifier(zoo::Precision::Int8);
    const auto all = classified::labelledBy(*graph, 200);
    const auto e = evaluated(graph, part(*all, 0, 120, "learned"), part(*all, 120, 80, "judged"));
    ASSERT_TRUE(e) << e.error().message();
    ASSERT_TRUE((*e)->training);
    EXPECT_EQ((*e)->training->epochs, 3);
    EXPECT_EQ((*e)->training->trainSamples + (*e)->training->validationSamples, 120);
    EXPECT_TRUE((*e)->trainedOriginalQuality);
    EXPECT_EQ((*e)->labelledSamples, 80);
    EXPECT_EQ((*e)->graph->tensor((*e)->graph->inputs[0]).type, types::DataType::Int8);
    EXPECT_LT((*e)->graph->ops.size(), graph->ops.size() + 1);
}

TEST(TrainOnData, APlantedLeakIsFound) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 120);
    auto judged = std::make_shared<data::Dataset>(*part(*all, 80, 40, "judged"));
    for (size_t i = 0; i < 7; ++i)
        judged->samples.push_back(all->samples[i]);
    const auto e = evaluated(graph, part(*all, 0, 80, "learned"), judged);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_TRUE(tells(**e, "7 learning samples left out"));
    EXPECT_EQ((*e)->training->trainSamples + (*e)->training->validationSamples, 73);
    EXPECT_FALSE(evaluated(graph, part(*all, 0, 30, "learned"), part(*all, 0, 30, "judged")));
}

TEST(TrainOnData, WrongDataGetOneSentence) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 60);
    const auto judged = part(*all, 40, 20, "judged");
    const auto refusal = [&](const data::DatasetPtr& learning) {
        const auto e = evaluated(graph, learning, judged);
        return e ? std::string("accepted") : e.error().what;
    };
    EXPECT_NE(refusal(part(*all, 0, 10, "learned")).find("too few samples"), std::string::npos);
    auto single = std::make_shared<data::Dataset>(*part(*all, 0, 40, "learned"));
    for (data::Sample& sample : single->samples)
        sample.label = 1;
    EXPECT_NE(refusal(single).find("one class"), std::string::npos);
    auto damaged = std::make_shared<data::Dataset>(*part(*all, 0, 40, "learned"));
    damaged->samples[3] = classified::sampleOf(std::vector<float>(128, NAN), 0);
    EXPECT_NE(refusal(damaged).find("no numbers"), std::string::npos);
    auto outside = std::make_shared<data::Dataset>(*part(*all, 0, 40, "learned"));
    outside->classes = 9;
    outside->samples[3].label = 8;
    EXPECT_NE(refusal(outside), "accepted");
    EXPECT_NE(refusal(nullptr), "accepted");
}

TEST(TrainOnData, ATargetThatIsNoNumberIsNamed) {
    zoo::GraphBuilder build("regression", zoo::Precision::Float32, 3);
    const auto graph =
        *build.finish({build.fullyConnected(build.flatten(build.input({1, 4, 4, 1}, -1, 1)), 2)});
    auto learning = std::make_shared<data::Dataset>();
    learning->name = learning->path = "learned";
    for (int i = 0; i < 30; ++i) {
        learning->samples.push_back(classified::sampleOf(std::vector<float>(16, 0.1f * i), -1));
        learning->samples.back().target = {float(i), i == 7 ? NAN : 1.0f};
    }
    const auto e = evaluated(graph, learning, nullptr);
    ASSERT_FALSE(e);
    EXPECT_NE(e.error().what.find("no number"), std::string::npos) << e.error().message();
}

TEST(TrainOnData, TheLastPartSimulatesRoundingAndTheBetterWayIsTaken) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 200);
    for (const auto precision :
         {types::Precision::Int8, types::Precision::Int16x8, types::Precision::Int8W4}) {
        Variation variation = trainedHalf(4);
        variation.quantize.precision = precision;
        const auto e = evaluated(graph, part(*all, 0, 120, "learned"),
                                 part(*all, 120, 80, "judged"), variation);
        ASSERT_TRUE(e) << e.error().message();
        const types::Training& log = *(*e)->training;
        EXPECT_EQ(log.epochs, 4);
        EXPECT_EQ(log.roundingEpochs, 1);
        EXPECT_EQ(log.originalEpochs, 4);
        EXPECT_EQ(log.loss.size(), 4u);
        EXPECT_EQ(log.keepsRounding, tells(**e, "trained with simulated rounding"));
        EXPECT_TRUE(tells(**e, "simulated rounding"));
    }
}

TEST(TrainOnData, WhereOnlyPrecisionsChangeAllEpochsSimulateRounding) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 100);
    Variation variation;
    variation.train.epochs = 3;
    variation.quantize.precision = types::Precision::Int8;
    // Operators are numbered in the model as opened.
    variation.layers[0].precision = types::Precision::Int16x8;
    const auto e =
        evaluated(graph, part(*all, 0, 60, "learned"), part(*all, 60, 40, "judged"), variation);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_EQ((*e)->training->roundingEpochs, 3);
    EXPECT_EQ((*e)->training->epochs, 3);
}

TEST(TrainOnData, ATimeIsThatOfAllTrainings) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 200);
    Variation variation = trainedHalf(0);
    variation.train.seconds = 2;
    variation.quantize.precision = types::Precision::Int8;
    const auto e =
        evaluated(graph, part(*all, 0, 120, "learned"), part(*all, 120, 80, "judged"), variation);
    ASSERT_TRUE(e) << e.error().message();
    const types::Training& log = *(*e)->training;
    // A step of slack for each training; they may end early where nothing gets better.
    EXPECT_LT(log.originalSeconds, 1.3);
    EXPECT_LT(log.originalSeconds + log.seconds, 2.6);
    EXPECT_GT(log.roundingEpochs, 0);
}

TEST(TrainOnData, ChannelsGoInRoundsAndEndAsAtOnce) {
    const auto graph = classified::classifier();
    const auto all = classified::labelledBy(*graph, 120);
    const auto learned = part(*all, 0, 80, "learned"), judged = part(*all, 80, 40, "judged");
    Variation variation = trainedHalf(8);
    const auto once = evaluated(graph, learned, judged, variation);
    variation.prune.schedule = types::PruneSchedule::Gradual;
    const auto gradual = evaluated(graph, learned, judged, variation);
    ASSERT_TRUE(once && gradual) << gradual.error().message();
    EXPECT_EQ((*gradual)->totals.macs, (*once)->totals.macs);
    EXPECT_EQ((*gradual)->training->epochs, 8);
    EXPECT_EQ((*gradual)->training->loss.size(), 8u);
    EXPECT_TRUE(tells(**gradual, "rounds"));
    EXPECT_FALSE(tells(**once, "rounds"));
    EXPECT_NE((*gradual)->modelSha256, (*once)->modelSha256);
    EXPECT_EQ((*evaluated(graph, learned, judged, variation))->modelSha256,
              (*gradual)->modelSha256);
}

TEST(TrainOnData, OneDatasetIsSplitAndUnlabelledOnesAreTaught) {
    const auto graph = classified::classifier();
    auto unlabelled = std::make_shared<data::Dataset>(*classified::labelledBy(*graph, 100));
    unlabelled->classes = 0;
    for (data::Sample& sample : unlabelled->samples)
        sample.label = -1;
    const auto e = evaluated(graph, nullptr, unlabelled);
    ASSERT_TRUE(e) << e.error().message();
    EXPECT_EQ((*e)->training->trainSamples + (*e)->training->validationSamples, 50);
    EXPECT_FALSE((*e)->trainedOriginalQuality);
    EXPECT_TRUE((*e)->training->accuracy.empty());
}

}  // namespace

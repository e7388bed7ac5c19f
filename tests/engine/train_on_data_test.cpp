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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/score.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "lowering/batch.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

TEST(Score, WilsonIntervalEqualsPublishedValues) {
    // 81 of 263: Newcombe 1998, table I, Wilson score method: 0.2553 to 0.3662.
    const auto accuracy = engine::Score{263, 81}.accuracy();
    ASSERT_TRUE(accuracy);
    EXPECT_NEAR(accuracy->low, 0.2553, 5e-5);
    EXPECT_NEAR(accuracy->high, 0.3662, 5e-5);
    EXPECT_FALSE(engine::Score{}.accuracy());
}

/// TFLM's outputs, by file name.
std::map<std::string, std::vector<int8_t>> tflmOutputs(const std::filesystem::path& file) {
    std::map<std::string, std::vector<int8_t>> outputs;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::stringstream cells(line);
        std::string name, cell;
        std::getline(cells, name, ',');
        while (std::getline(cells, cell, ','))
            outputs[name].push_back(static_cast<int8_t>(std::stoi(cell)));
    }
    return outputs;
}

TEST(Score, KeywordModelIsRightAsOftenAsOnTflm) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/kws01");
    ASSERT_TRUE(graph && dataset);
    const auto score = engine::score(**graph, *dataset, 2);
    ASSERT_TRUE(score) << score.error().message();
    EXPECT_EQ(score->samples, 500);
    EXPECT_EQ(score->correct, 449);
}

TEST(Score, EveryOutputEqualsTflm) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "datasets/kws01";
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    const auto dataset = data::readDataset(dir);
    ASSERT_TRUE(graph && dataset);
    const auto expected = tflmOutputs(dir / "tflm_outputs.csv");
    const auto execution = lowering::Execution::create(**graph);
    ASSERT_TRUE(execution);
    std::vector<std::vector<int8_t>> outputs(dataset->samples.size());
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t i, lowering::Execution& e) -> types::Result<void> {
        const auto bytes =
            data::toInput(dataset->samples[i], (*graph)->tensor((*graph)->inputs[0]));
        if (!bytes) return tl::unexpected(bytes.error());
        std::copy(bytes->begin(), bytes->end(), e.input(0).begin());
        return {};
    };
    hooks.collect = [&](size_t i, const lowering::Execution& e) {
        for (uint8_t byte : e.output(0))
            outputs[i].push_back(static_cast<int8_t>(byte));
    };
    ASSERT_TRUE(lowering::runBatch(*execution, outputs.size(), 2, hooks));
    for (size_t i = 0; i < outputs.size(); ++i)
        EXPECT_EQ(outputs[i], expected.at(dataset->samples[i].name)) << dataset->samples[i].name;
}

TEST(Score, RefusesDataOfAnotherModel) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_resnet_int8.tflite");
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/kws01");
    ASSERT_TRUE(graph && dataset);
    const auto score = engine::score(**graph, *dataset, 2);
    ASSERT_FALSE(score);
    EXPECT_EQ(score.error().what, "the data have 12 classes, the model 10 outputs");
}

TEST(Score, StopsWhenAsked) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/kws01");
    ASSERT_TRUE(graph && dataset);
    std::stop_source stop;
    const auto score =
        engine::score(**graph, *dataset, 2, stop.get_token(), [&](double) { stop.request_stop(); });
    ASSERT_TRUE(score);
    EXPECT_LT(score->samples, 500);
}

}  // namespace

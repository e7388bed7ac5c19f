// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/score.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "analysis/real_values.h"
#include "scoring/model_outputs.h"
#include "scoring/sample_selection.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

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

/// The keyword model and its dataset.
struct Keywords {
    types::GraphPtr graph;
    data::Dataset dataset;
    calibration::RealInputsPtr inputs;
};

Keywords keywords() {
    Keywords all;
    all.graph = *tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    all.dataset = *data::readDataset(*support::sharedDir() / "datasets/kws01");
    all.inputs = *scoring::realInputs(all.dataset, *all.graph);
    return all;
}

TEST(Score, KeywordModelIsRightAsOftenAsOnTflm) {
    SKIP_WITHOUT_SHARED();
    const Keywords k = keywords();
    const auto outputs = scoring::runOnSamples(*k.graph, *k.inputs);
    ASSERT_TRUE(outputs) << outputs.error().message();
    const auto quality = scoring::score(scoring::Task::Classification, k.dataset, *outputs);
    ASSERT_TRUE(quality);
    EXPECT_EQ(quality->samples, 500);
    EXPECT_DOUBLE_EQ(quality->top1->value, 449 / 500.0);
    EXPECT_EQ(quality->source, "500 samples of kws01");
}

TEST(Score, EveryOutputEqualsTflm) {
    SKIP_WITHOUT_SHARED();
    const Keywords k = keywords();
    const auto expected = tflmOutputs(*support::sharedDir() / "datasets/kws01/tflm_outputs.csv");
    const auto outputs = scoring::runOnSamples(*k.graph, *k.inputs);
    ASSERT_TRUE(outputs);
    const types::Tensor& output = k.graph->tensor(k.graph->outputs[0]);
    for (size_t i = 0; i < outputs->size(); ++i) {
        const std::string& name = k.dataset.samples[i].name;
        const auto codes = analysis::encode(output, outputs->outputs[i]);
        const std::vector<int8_t> signedCodes(codes.begin(), codes.end());
        EXPECT_EQ(signedCodes, expected.at(name)) << name;
    }
}

TEST(Score, RefusesDataOfAnotherModel) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_resnet_int8.tflite");
    const auto task = scoring::taskOf(**graph, keywords().dataset);
    ASSERT_FALSE(task);
    EXPECT_EQ(task.error().what, "the data have 12 classes, the model 10 outputs");
}

TEST(Score, StopsWhenAsked) {
    SKIP_WITHOUT_SHARED();
    const Keywords k = keywords();
    std::stop_source stop;
    const types::Work work{stop.get_token(), [&](double, const char*) { stop.request_stop(); }};
    const auto outputs = scoring::runOnSamples(*k.graph, *k.inputs, work);
    ASSERT_FALSE(outputs);
    EXPECT_TRUE(outputs.error().isCancelled());
}

}  // namespace

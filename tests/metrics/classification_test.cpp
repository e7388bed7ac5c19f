// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/classification.h"

#include <gtest/gtest.h>

namespace {

using Outputs = std::vector<std::vector<float>>;

TEST(Classification, CountsRightAnswersPerClass) {
    const Outputs outputs = {{0.9f, 0.1f, 0}, {0.2f, 0.8f, 0}, {0.6f, 0.4f, 0}, {0, 0.3f, 0.7f}};
    const auto quality = metrics::classify(outputs, {0, 1, 1, 2}, 3, {"cat", "dog", "cow"});
    EXPECT_DOUBLE_EQ(quality.top1->value, 0.75);
    EXPECT_EQ(quality.confusion,
              (std::vector<std::vector<int32_t>>{{1, 0, 0}, {1, 1, 0}, {0, 0, 1}}));
    EXPECT_DOUBLE_EQ(quality.classes[0].precision->value, 0.5);
    EXPECT_DOUBLE_EQ(quality.classes[1].recall->value, 0.5);
    EXPECT_EQ(quality.classes[1].name, "dog");
    EXPECT_FALSE(quality.topK);
    EXPECT_FALSE(quality.auc);
}

TEST(Classification, AClassWithoutSamplesHasNoRecall) {
    const auto quality = metrics::classify({{1, 0}, {1, 0}}, {0, 0}, 2, {});
    EXPECT_FALSE(quality.classes[1].recall);
    EXPECT_FALSE(quality.classes[1].precision);
    EXPECT_EQ(quality.classes[1].name, "1");
    EXPECT_FALSE(quality.auc);
}

TEST(Classification, TopKOfManyClasses) {
    Outputs outputs(4, std::vector<float>(6, 0.0f));
    for (size_t i = 0; i < outputs.size(); ++i)
        for (size_t c = 0; c < 6; ++c)
            outputs[i][c] = static_cast<float>(6 - c);
    // Class c stands at rank c + 1.
    const auto quality = metrics::classify(outputs, {0, 1, 2, 3}, 6, {});
    EXPECT_EQ(quality.k, 3);
    EXPECT_DOUBLE_EQ(quality.top1->value, 0.25);
    EXPECT_DOUBLE_EQ(quality.topK->value, 0.75);
}

TEST(Classification, OneOutputIsTheProbabilityOfClassOne) {
    const auto quality = metrics::classify({{0.9f}, {0.4f}, {0.6f}}, {1, 0, 0}, 2, {});
    EXPECT_DOUBLE_EQ(quality.top1->value, 2 / 3.0);
    EXPECT_DOUBLE_EQ(quality.auc->value, 1.0);
}

}  // namespace

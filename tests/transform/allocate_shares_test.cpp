// SPDX-License-Identifier: GPL-3.0-or-later
// Channels go where they cost least at the output per MAC saved.
#include "transform/channels/allocate_shares.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using transform::LayerShares;
using transform::ShareQuestion;
using transform::ShareTrial;
using types::Result;

/// Layer i loses price[i] * share^1.5 and saves 100 MACs per share.
ShareQuestion questionOf(std::vector<double> prices, int64_t wanted) {
    ShareQuestion question;
    for (size_t i = 0; i < prices.size(); ++i)
        question.layers.push_back(static_cast<int32_t>(i));
    question.macs = 100 * static_cast<int64_t>(prices.size());
    question.wanted = wanted;
    const auto count = [macs = question.macs](const LayerShares& shares) -> Result<int64_t> {
        double left = static_cast<double>(macs);
        for (const auto& [layer, share] : shares)
            left -= 100 * share;
        return std::lround(left);
    };
    question.count = count;
    question.measure = [count, prices](const LayerShares& shares) -> Result<ShareTrial> {
        double distance = 0;
        for (const auto& [layer, share] : shares)
            distance += prices[static_cast<size_t>(layer)] * std::pow(share, 1.5);
        return ShareTrial{distance, *count(shares)};
    };
    return question;
}

TEST(AllocateShares, EqualLayersLoseEqualShares) {
    const auto shares = transform::allocateShares(questionOf({1, 1, 1, 1}, 200)).value();
    ASSERT_EQ(shares.size(), 4u);
    for (const auto& [layer, share] : shares)
        EXPECT_NEAR(share, 0.5, 0.07) << layer;
}

TEST(AllocateShares, DearLayersLoseLess) {
    const ShareQuestion question = questionOf({4, 1, 1}, 200);
    const auto shares = transform::allocateShares(question).value();
    EXPECT_LE(question.count(shares).value(), 200);
    const double dear = shares.contains(0) ? shares.at(0) : 0;
    EXPECT_LT(dear, 0.25);
    const double even =
        question.measure({{0, 1.0 / 3}, {1, 1.0 / 3}, {2, 1.0 / 3}}).value().distance;
    EXPECT_LT(question.measure(shares).value().distance, even);
}

TEST(AllocateShares, WhatCannotBeReachedIsAnError) {
    EXPECT_FALSE(transform::allocateShares(questionOf({1, 1}, 1)));
}

TEST(AllocateShares, AnErrorOfATrialIsHandedOn) {
    ShareQuestion question = questionOf({1, 1}, 150);
    question.measure = [](const LayerShares&) -> Result<ShareTrial> { return types::cancelled(); };
    const auto shares = transform::allocateShares(question);
    ASSERT_FALSE(shares);
    EXPECT_TRUE(shares.error().isCancelled());
}

}  // namespace

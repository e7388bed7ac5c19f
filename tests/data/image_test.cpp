// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/image.h"

#include <gtest/gtest.h>

#include <numeric>

namespace {

using data::Image;

TEST(Image, ShrinkingAveragesWhatANewPixelCovers) {
    const Image image{2, 4, 1, {0, 10, 20, 30, 40, 50, 60, 70}};
    EXPECT_EQ(data::resized(image, 1, 2), (std::vector<float>{25, 45}));
    // 3 columns of 4: the first covers pixel 0 and a third of pixel 1.
    const auto three = data::resized(Image{1, 4, 1, {0, 10, 20, 30}}, 1, 3);
    ASSERT_EQ(three.size(), 3u);
    EXPECT_NEAR(three[0], 10 * 0.25, 1e-4);
    EXPECT_NEAR(three[1], 15, 1e-4);
}

TEST(Image, ShrinkingKeepsTheMean) {
    Image image{7, 11, 3, {}};
    for (int i = 0; i < 7 * 11 * 3; ++i)
        image.pixels.push_back(static_cast<uint8_t>(i * 37 % 256));
    const double mean =
        std::accumulate(image.pixels.begin(), image.pixels.end(), 0.0) / (7 * 11 * 3);
    const auto small = data::resized(image, 3, 4);
    EXPECT_NEAR(std::accumulate(small.begin(), small.end(), 0.0) / small.size(), mean, 1e-3);
}

TEST(Image, GrowingInterpolatesBetweenCentres) {
    // Centres of four new pixels lie at -0.25, 0.25, 0.75, 1.25 of the two old ones.
    const auto grown = data::resized(Image{1, 2, 1, {0, 100}}, 1, 4);
    EXPECT_EQ(grown, (std::vector<float>{0, 25, 75, 100}));
    EXPECT_EQ(data::resized(Image{1, 1, 1, {9}}, 2, 2), std::vector<float>(4, 9));
}

TEST(Image, TheSameSizeIsTheSameImage) {
    const Image image{2, 2, 1, {1, 2, 3, 255}};
    EXPECT_EQ(data::resized(image, 2, 2), (std::vector<float>{1, 2, 3, 255}));
}

TEST(Image, ChannelsAreFitted) {
    EXPECT_EQ(data::withChannels({1, 2}, 1, 3), (std::vector<float>{1, 1, 1, 2, 2, 2}));
    const auto grey = data::withChannels({255, 255, 255, 255, 0, 0}, 3, 1);
    EXPECT_NEAR(grey[0], 255, 1e-3);
    EXPECT_NEAR(grey[1], 0.299 * 255, 1e-3);
    EXPECT_TRUE(data::withChannels({1, 2, 3}, 3, 2).empty());
}

}  // namespace

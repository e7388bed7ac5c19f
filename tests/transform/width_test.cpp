// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/width.h"

#include <gtest/gtest.h>

namespace {

using transform::ChannelGroup;
using transform::keptUnits;

ChannelGroup groupOf(size_t units, int32_t channelsPerUnit = 1) {
    ChannelGroup group;
    group.units.resize(units);
    group.channelsPerUnit = channelsPerUnit;
    return group;
}

struct Case {
    size_t channels;
    double width;
    int32_t multiple, kept;
};

TEST(Width, CountsAreTheNearestMultiple) {
    for (const Case& c : {Case{64, 0.75, 4, 48}, Case{64, 0.5, 4, 32}, Case{64, 0.01, 4, 4},
                          Case{64, 0.99, 4, 64}, Case{64, 0.95, 4, 60}, Case{64, 0.7, 8, 48},
                          Case{8, 0.75, 4, 8}, Case{8, 0.74, 4, 4}, Case{84, 0.5, 4, 44}})
        EXPECT_EQ(keptUnits(groupOf(c.channels), c.width, c.multiple), c.kept)
            << c.channels << " at " << c.width << ", multiple " << c.multiple;
}

TEST(Width, NeverMoreThanThereAreAndNeverLessThanOneMultiple) {
    EXPECT_EQ(keptUnits(groupOf(6), 0.99, 4), 4);
    EXPECT_EQ(keptUnits(groupOf(7), 0.99, 4), 7);  // the nearest multiple is 8
    EXPECT_EQ(keptUnits(groupOf(3), 0.25, 4), 3);  // smaller than one multiple
    EXPECT_EQ(keptUnits(groupOf(4), 0.25, 4), 4);
    EXPECT_EQ(keptUnits(groupOf(10), 0.01, 1), 1);
    EXPECT_EQ(keptUnits(groupOf(1), 0.5, 1), 1);
}

TEST(Width, UnitsOfSeveralChannelsCountThem) {
    EXPECT_EQ(keptUnits(groupOf(16, 2), 0.5, 4), 8);   // 16 of 32 channels
    EXPECT_EQ(keptUnits(groupOf(16, 2), 0.55, 4), 8);  // 17.6, nearest 16
    EXPECT_EQ(keptUnits(groupOf(16, 4), 0.55, 4), 9);  // every unit is a multiple
    EXPECT_EQ(keptUnits(groupOf(12, 3), 0.5, 4), 8);   // only four units are: 8 are nearest
}

}  // namespace

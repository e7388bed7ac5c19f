// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/point_labels.h"

#include <gtest/gtest.h>

namespace {

using views::NamedPoint;
using views::placeLabels;

const QRectF kArea(0, 0, 200, 100);
constexpr double kGap = 10;

NamedPoint at(double x, double y) {
    return {QPointF(x, y), QSizeF(40, 12), {}};
}

TEST(PointLabels, StandRightAboveWhereNothingHinders) {
    const auto places = placeLabels({at(50, 50)}, kArea, kGap);
    ASSERT_TRUE(places[0]);
    EXPECT_EQ(*places[0], QRectF(60, 28, 40, 12));
}

TEST(PointLabels, StayInsideOfThePlot) {
    const auto places = placeLabels({at(190, 5)}, kArea, kGap);
    ASSERT_TRUE(places[0]);
    EXPECT_EQ(*places[0], QRectF(140, 15, 40, 12)) << "left below";
}

TEST(PointLabels, AreNearestToTheirOwnPoint) {
    // Right above the first is the second's place.
    const auto places = placeLabels({at(50, 50), at(60, 38)}, kArea, kGap);
    ASSERT_TRUE(places[0] && places[1]);
    EXPECT_EQ(*places[0], QRectF(60, 60, 40, 12));
    EXPECT_EQ(*places[1], QRectF(70, 16, 40, 12));
    EXPECT_FALSE(places[0]->intersects(*places[1]));
}

TEST(PointLabels, RatherLeaveBarsAlone) {
    auto point = at(50, 50);
    point.strokes = {QLineF(0, 34, 200, 34)};
    EXPECT_EQ(*placeLabels({point}, kArea, kGap)[0], QRectF(60, 60, 40, 12));
    point.strokes.emplace_back(0, 66, 200, 66);
    EXPECT_EQ(*placeLabels({point}, kArea, kGap)[0], QRectF(60, 28, 40, 12)) << "no side is free";
}

TEST(PointLabels, OfACrowdAreLeftOut) {
    const std::vector<NamedPoint> crowd(6, at(50, 50));
    size_t placed = 0;
    for (const auto& place : placeLabels(crowd, kArea, kGap))
        placed += place.has_value();
    EXPECT_EQ(placed, 4u) << "one at each corner";
}

}  // namespace

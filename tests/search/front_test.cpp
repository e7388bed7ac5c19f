// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/front/front.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "search/front/exact_hypervolume.h"
#include "search/seeded_numbers.h"

namespace {

using namespace search;

std::vector<Objectives> randomPoints(size_t count, size_t objectives, uint64_t seed,
                                     int32_t levels = 0) {
    SeededNumbers numbers(seed);
    std::vector<Objectives> points(count);
    for (Objectives& point : points)
        for (size_t i = 0; i < objectives; ++i)
            point.push_back(levels > 0 ? numbers.below(levels) : numbers.unit());
    return points;
}

/// The plain twin: every pair is compared.
std::set<int64_t> plainFront(const std::vector<Objectives>& points) {
    std::set<int64_t> front;
    for (size_t i = 0; i < points.size(); ++i)
        if (std::ranges::none_of(
                points, [&](const Objectives& other) { return dominates(other, points[i]); }))
            front.insert(static_cast<int64_t>(i));
    return front;
}

TEST(Front, EqualsTheComparisonOfAllPairs) {
    for (size_t objectives : {1, 2, 3, 4, 5})
        for (int32_t levels : {0, 4, 30}) {
            const auto points = randomPoints(600, objectives, 10 * objectives + 1, levels);
            Front front;
            std::set<int64_t> kept;
            for (size_t i = 0; i < points.size(); ++i) {
                std::vector<int64_t> gone;
                if (front.insert({static_cast<int64_t>(i), points[i]}, gone))
                    kept.insert(static_cast<int64_t>(i));
                for (int64_t id : gone)
                    EXPECT_EQ(kept.erase(id), 1u);
            }
            EXPECT_EQ(kept, plainFront(points)) << objectives << " " << levels;
            std::set<int64_t> listed;
            for (const FrontPoint& point : front.points())
                listed.insert(point.id);
            EXPECT_EQ(listed, kept);
        }
}

TEST(Front, ManyPointsTakeLittleTime) {
    // Points on a sphere: none dominates another, the worst case.
    auto points = randomPoints(20'000, 3, 5);
    for (Objectives& point : points) {
        double length = 0;
        for (double value : point)
            length += value * value;
        for (double& value : point)
            value = 1 - value / std::sqrt(length);
    }
    const auto start = std::chrono::steady_clock::now();
    Front front;
    std::vector<int64_t> gone;
    for (size_t i = 0; i < points.size(); ++i)
        front.insert({static_cast<int64_t>(i), points[i]}, gone);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(front.size(), points.size());
    EXPECT_LT(took.count(), 20);
}

/// The plain twin: counts cells of a grid that some point dominates.
double gridVolume(const std::vector<Objectives>& points, size_t objectives, int32_t levels) {
    int64_t covered = 0, cells = 1;
    for (size_t i = 0; i < objectives; ++i)
        cells *= levels;
    for (int64_t cell = 0; cell < cells; ++cell) {
        int64_t rest = cell;
        Objectives corner;
        for (size_t i = 0; i < objectives; ++i, rest /= levels)
            corner.push_back(static_cast<double>(rest % levels));
        const bool isCovered = std::ranges::any_of(points, [&](const Objectives& point) {
            return std::ranges::equal(point, corner, std::less_equal<>());
        });
        covered += isCovered ? 1 : 0;
    }
    return static_cast<double>(covered);
}

TEST(Hypervolume, EqualsTheCountOfCells) {
    for (size_t objectives : {1, 2, 3, 4})
        for (uint64_t seed : {1, 2, 3}) {
            const int32_t levels = 7;
            const auto points = randomPoints(12, objectives, seed, levels);
            EXPECT_DOUBLE_EQ(hypervolume(points, Objectives(objectives, levels)),
                             gridVolume(points, objectives, levels))
                << objectives;
        }
}

TEST(Hypervolume, PointsBeyondTheReferenceAddNothing) {
    EXPECT_DOUBLE_EQ(hypervolume({{0.5, 0.5}}, {1, 1}), 0.25);
    EXPECT_DOUBLE_EQ(hypervolume({{0.5, 0.5}, {0.1, 1}, {2, 0}}, {1, 1}), 0.25);
    EXPECT_DOUBLE_EQ(hypervolume({}, {1, 1}), 0);
}

TEST(Hypervolume, ThePointsThatAddMostAreChosen) {
    const std::vector<Objectives> points = {{0.1, 0.9}, {0.5, 0.5}, {0.52, 0.49}, {0.9, 0.1}};
    const auto chosen = mostContributing(points, {1, 1}, 3);
    ASSERT_EQ(chosen.size(), 3u);
    EXPECT_TRUE(chosen[0] == 1 || chosen[0] == 2);
    EXPECT_EQ((std::set<size_t>{chosen[1], chosen[2]}), (std::set<size_t>{0, 3}));
}

}  // namespace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/arena.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using scheduling::Arena;

TEST(Arena, BuffersOfOneTimeLieApartAndOthersShare) {
    Arena arena;
    const size_t a = arena.add(100, 0, 1), b = arena.add(50, 1, 2), c = arena.add(100, 2, 3);
    EXPECT_EQ(arena.place(50), 112 + 64);
    EXPECT_EQ(arena.offset(a), arena.offset(c));
    EXPECT_NE(arena.offset(b), arena.offset(a));
}

TEST(Arena, ReleasedOutputStartsAtMostItsDistanceAfterTheInput) {
    for (const int64_t distance : {-160, -8, 0, 40, 4096}) {
        Arena arena;
        const size_t input = arena.add(1600, 0, 0), output = arena.add(1600, 0, 0);
        arena.setRelease(output, input, distance, false);
        const int64_t size = arena.place(0);
        const int64_t after = arena.offset(output) - arena.offset(input);
        EXPECT_TRUE(after <= distance || after >= 1600) << after;
        EXPECT_EQ(size, 1600 + std::max<int64_t>(0, scheduling::aligned(-distance)));
    }
}

TEST(Arena, OutputInPlaceLiesExactlyOverItsInput) {
    Arena arena;
    const size_t input = arena.add(64, 0, 0), output = arena.add(64, 0, 0);
    arena.setRelease(output, input, -64, true);
    EXPECT_EQ(arena.place(0), 64);
    EXPECT_EQ(arena.offset(output), arena.offset(input));
}

TEST(Arena, DrawnPlansHaveNoClash) {
    std::mt19937 random(9);
    const auto draw = [&](int64_t below) { return static_cast<int64_t>(random() % below); };
    for (int round = 0; round < 200; ++round) {
        struct Drawn {
            int64_t bytes;
            int32_t first, last;
        };
        std::vector<Drawn> drawn;
        Arena arena;
        for (int i = 0; i < 12; ++i) {
            const auto first = static_cast<int32_t>(draw(10));
            drawn.push_back({1 + draw(500), first, first + static_cast<int32_t>(draw(4))});
            arena.add(drawn.back().bytes, first, drawn.back().last);
        }
        arena.setApart(0, 1);
        const int64_t distance = draw(600) - 300;
        arena.setRelease(2, 3, distance, false);
        const int64_t size = arena.place(30);
        for (size_t a = 0; a < drawn.size(); ++a)
            for (size_t b = 0; b < a; ++b) {
                const int64_t from = arena.offset(b), to = arena.offset(a);
                EXPECT_LE(to + drawn[a].bytes, size);
                EXPECT_EQ(to % scheduling::kArenaAlignment, 0);
                const bool meet =
                    drawn[a].first <= drawn[b].last && drawn[b].first <= drawn[a].last;
                const bool isApart = from + drawn[b].bytes <= to || to + drawn[a].bytes <= from;
                if (!meet || isApart || (a == 1 && b == 0)) continue;
                ASSERT_TRUE(a == 3 && b == 2) << a << " and " << b;
                EXPECT_LE(from - to, distance);
            }
    }
}

}  // namespace

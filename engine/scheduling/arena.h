// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Arena: places buffers of which some pairs may overlap in part: a tensor over the rows of another
// that are read no more.
//
// Each buffer gets the lowest offset where it fits, in several orders; the best order is then
// improved by moving the buffers at the top of the arena to the front, for a fixed number of
// deterministic steps.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace scheduling {

constexpr int64_t kArenaAlignment = 16;
int64_t aligned(int64_t bytes);

class Arena {
public:
    /// Returns its index. Times are positions of operators, both included.
    size_t add(int64_t bytes, int32_t first, int32_t last);
    /// Buffers with common times conflict unless they are said not to.
    void setApart(size_t a, size_t b);
    /// `output` may start up to `distance` bytes after the start of `input` (before it: negative),
    /// or exactly there.
    void setRelease(size_t output, size_t input, int64_t distance, bool inPlace);

    /// Finds offsets; returns the arena's size.
    int64_t place(int improvements);
    int64_t offset(size_t index) const { return m_best[index]; }

private:
    struct Buffer {
        int64_t size;
        int32_t first, last;
        bool liesOver = false;
    };
    /// How another buffer limits a buffer's offset.
    struct Conflict {
        size_t other;
        int64_t below;  ///< forbidden: offsets in (other - below, other + above)
        int64_t above;
        bool mayCoincide;
    };

    void findConflicts();
    std::vector<std::vector<size_t>> startingOrders() const;
    int64_t tryOrder(const std::vector<size_t>& order, int64_t giveUpAt);
    int64_t lowestFit(size_t index) const;

    struct Pair {
        size_t a, b;
        bool isRelease;
        int64_t distance;
        bool inPlace;
    };
    std::vector<Buffer> m_buffers;
    std::vector<Pair> m_pairs;
    std::vector<std::vector<Conflict>> m_conflicts;
    std::vector<int64_t> m_offsets, m_best;  ///< -1: not placed yet
    mutable std::vector<std::pair<int64_t, int64_t>> m_forbidden;
};

}  // namespace scheduling

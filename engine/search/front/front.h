// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Front: the points of which no other is at least as good in every objective and better in one,
// kept as points come. Objectives are minimized; equal points stay together.
//
// An insertion looks only into the boxes of a tree that may dominate the point or be dominated by
// it, so 100,000 points cost far less than comparing all pairs. Source: Jaszkiewicz, Lust 2018,
// "ND-Tree-based update: a fast algorithm for the dynamic nondominance problem".
//
// Thread rules: one thread.

#include <cstdint>
#include <memory>
#include <vector>

namespace search {

/// One value per objective, less is better; all finite.
using Objectives = std::vector<double>;

struct FrontPoint {
    int64_t id = 0;
    Objectives values;
};

/// At least as good in every objective, and better in one.
bool dominates(const Objectives& a, const Objectives& b);

class Front {
public:
    Front();
    ~Front();
    Front(Front&&) noexcept;
    Front& operator=(Front&&) noexcept;

    /// False where a point of the front dominates the new one. Appends the ids of points that leave
    /// the front to `gone`.
    bool insert(FrontPoint point, std::vector<int64_t>& gone);
    /// In the order of the first objective, then of the next.
    std::vector<FrontPoint> points() const;
    size_t size() const;

private:
    struct Node;
    std::unique_ptr<Node> m_root;
};

}  // namespace search

// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/candidates.h"
#include "search/space/draw_space.h"

namespace search {

using namespace types;

namespace {

/// Evaluated between two looks at the clock.
constexpr size_t kRound = 500;

}  // namespace

Result<void> searchAll(Candidates& candidates, const Space& space) {
    const auto drawn = drawSpace(space, candidates.subject().graph, candidates.work());
    if (!drawn) return tl::unexpected(drawn.error());
    const auto& all = drawn->variations;
    for (size_t first = 0; first < all.size() && !candidates.isOver(); first += kRound) {
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
        const size_t count = std::min(kRound, all.size() - first);
        const std::vector<Variation> round(begin, begin + static_cast<std::ptrdiff_t>(count));
        const auto costs = candidates.cost(round);
        std::vector<Variation> feasible;
        for (size_t i = 0; i < round.size(); ++i)
            if (costs[i] && candidates.goal().costExcess(*costs[i]) == 0 &&
                static_cast<int64_t>(feasible.size()) < candidates.evaluationsLeft())
                feasible.push_back(round[i]);
        if (auto evaluated = candidates.evaluate(feasible, candidates.subject().train); !evaluated)
            return tl::unexpected(evaluated.error());
    }
    return {};
}

}  // namespace search

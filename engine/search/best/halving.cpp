// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "search/best/candidates.h"
#include "search/best/ranking.h"
#include "search/seeded_numbers.h"

namespace search {

using namespace types;

namespace {

/// Of each round this share goes on.
constexpr double kGoesOn = 1.0 / 3;
/// Candidates of the first round, in populations.
constexpr int32_t kPopulations = 9;
constexpr double kShortTraining = 0.2;
constexpr int kDraws = 200;

/// Distinct points whose costs fit.
std::vector<Variation> drawFitting(Candidates& candidates, const Space& space, size_t wanted,
                                   SeededNumbers& numbers) {
    std::vector<Variation> fitting;
    std::unordered_set<std::string> seen;
    for (int draw = 0; draw < kDraws && fitting.size() < wanted && !candidates.isOver(); ++draw) {
        std::vector<Variation> drawn;
        for (size_t i = 0; i < wanted; ++i) {
            Point point;
            for (const Dimension& dimension : space.dimensions())
                point.push_back(numbers.below(std::ssize(dimension.choices)));
            if (!space.allows(point)) continue;
            Variation variation = space.at(point);
            if (seen.insert(candidates.keyOf(variation)).second)
                drawn.push_back(std::move(variation));
        }
        const auto costs = candidates.cost(drawn);
        for (size_t i = 0; i < drawn.size() && fitting.size() < wanted; ++i)
            if (costs[i] && candidates.goal().costExcess(*costs[i]) == 0)
                fitting.push_back(drawn[i]);
    }
    return fitting;
}

TrainKnobs shortened(const TrainKnobs& full) {
    TrainKnobs knobs = full;
    knobs.seconds *= kShortTraining;
    if (knobs.epochs > 0)
        knobs.epochs =
            std::max(1, static_cast<int32_t>(std::lround(knobs.epochs * kShortTraining)));
    return knobs;
}

/// The best `share` of the variations by their answers.
std::vector<Variation> bestOf(const Candidates& candidates, const std::vector<Variation>& tried,
                              const std::vector<std::optional<Answer>>& answers) {
    std::vector<Ranked> all;
    std::vector<size_t> order;
    for (size_t i = 0; i < tried.size(); ++i) {
        Ranked ranked;
        ranked.excess = HUGE_VAL;
        if (answers[i]) {
            // Accuracy limits are for trained models: here they only order.
            ranked.excess = candidates.goal().costExcess(*answers[i]);
            if (const auto shares = candidates.axes().shares(*answers[i]))
                ranked.values = *shares;
            else
                ranked.excess = HUGE_VAL;
        }
        all.push_back(std::move(ranked));
        order.push_back(i);
    }
    rank(all);
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return isBefore(all[a], all[b]); });
    const auto count = static_cast<size_t>(std::ceil(static_cast<double>(tried.size()) * kGoesOn));
    std::vector<Variation> best;
    for (size_t i = 0; i < std::min(count, order.size()); ++i)
        if (answers[order[i]]) best.push_back(tried[order[i]]);
    return best;
}

}  // namespace

Result<void> halve(Candidates& candidates, const Space& space) {
    SeededNumbers numbers(candidates.options().seed);
    const TrainKnobs& full = candidates.subject().train;
    const auto first = static_cast<size_t>(kPopulations * candidates.options().population);
    auto tried = drawFitting(candidates, space, first, numbers);
    TrainKnobs none;
    for (const TrainKnobs& rung : {none, shortened(full), full}) {
        if (candidates.isOver() || tried.empty()) return {};
        for (Variation& variation : tried)
            variation.train = rung;
        const auto answers = candidates.evaluate(tried, {});
        if (!answers) return tl::unexpected(answers.error());
        if (rung == full) return {};
        tried = bestOf(candidates, tried, *answers);
    }
    return {};
}

}  // namespace search

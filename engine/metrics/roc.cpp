// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/roc.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "metrics/intervals.h"

namespace metrics {
namespace {

/// Scores of both classes, negatives first, and their indices in ascending order of score.
struct Ranking {
    std::vector<double> scores;
    std::vector<size_t> rising;
    size_t negatives;
};

Ranking rank(const std::vector<double>& negatives, const std::vector<double>& positives) {
    Ranking ranking{negatives, {}, negatives.size()};
    ranking.scores.insert(ranking.scores.end(), positives.begin(), positives.end());
    ranking.rising.resize(ranking.scores.size());
    std::iota(ranking.rising.begin(), ranking.rising.end(), size_t{0});
    std::sort(ranking.rising.begin(), ranking.rising.end(),
              [&](size_t a, size_t b) { return ranking.scores[a] < ranking.scores[b]; });
    return ranking;
}

double area(const Ranking& ranking, std::span<const int32_t> weights) {
    double pairs = 0, below = 0, positives = 0;
    for (size_t at = 0; at < ranking.rising.size();) {
        // Equal scores form one step of the curve.
        const double score = ranking.scores[ranking.rising[at]];
        double negative = 0, positive = 0;
        for (; at < ranking.rising.size() && ranking.scores[ranking.rising[at]] == score; ++at) {
            const size_t sample = ranking.rising[at];
            (sample < ranking.negatives ? negative : positive) += weights[sample];
        }
        pairs += positive * (below + negative / 2);
        below += negative;
        positives += positive;
    }
    return pairs / (below * positives);
}

}  // namespace

std::optional<types::Estimate> areaUnderRoc(const std::vector<double>& negativeScores,
                                            const std::vector<double>& positiveScores) {
    if (negativeScores.empty() || positiveScores.empty()) return std::nullopt;
    const Ranking ranking = rank(negativeScores, positiveScores);
    return bootstrap(
        {negativeScores.size(), positiveScores.size()},
        [&ranking](std::span<const int32_t> weights) { return area(ranking, weights); });
}

}  // namespace metrics

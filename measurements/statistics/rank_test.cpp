// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/rank_test.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

namespace statistics {
namespace {

struct Ranked {
    double value;
    bool isFirst;
};

}  // namespace

RankTest rankTest(std::span<const double> first, std::span<const double> second) {
    if (first.empty() || second.empty()) return {};
    std::vector<Ranked> all;
    for (const double value : first)
        all.push_back({value, true});
    for (const double value : second)
        all.push_back({value, false});
    std::sort(all.begin(), all.end(),
              [](const Ranked& a, const Ranked& b) { return a.value < b.value; });

    const auto n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size());
    const double n = n1 + n2;
    double rankSum = 0, ties = 0;  // of the first set; sum of t^3 - t over groups of t ties
    for (size_t begin = 0; begin < all.size();) {
        size_t end = begin + 1, mine = all[begin].isFirst;
        for (; end < all.size() && all[end].value == all[begin].value; ++end)
            mine += all[end].isFirst;
        const auto t = static_cast<double>(end - begin);
        rankSum += static_cast<double>(mine) * static_cast<double>(begin + 1 + end) / 2;
        ties += t * t * t - t;
        begin = end;
    }
    RankTest test;
    test.u = rankSum - n1 * (n1 + 1) / 2;
    const double variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
    if (variance <= 0) return test;
    const double distance = std::max(0.0, std::abs(test.u - n1 * n2 / 2) - 0.5);
    test.pValue = 2 * cdf(boost::math::normal(), -distance / std::sqrt(variance));
    return test;
}

}  // namespace statistics

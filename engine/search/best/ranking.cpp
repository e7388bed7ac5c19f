// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace search {
namespace {

/// Feasible ones dominate others; of two that are not, the nearer to the limits does.
bool comesFirst(const Ranked& a, const Ranked& b) {
    if (a.excess != b.excess && (a.excess > 0 || b.excess > 0)) return a.excess < b.excess;
    return a.excess == 0 && dominates(a.values, b.values);
}

void measureCrowding(std::vector<Ranked>& population, const std::vector<size_t>& front) {
    const size_t objectives = population[front[0]].values.size();
    for (size_t i : front)
        population[i].crowding = 0;
    for (size_t o = 0; o < objectives; ++o) {
        std::vector<size_t> order = front;
        std::ranges::stable_sort(order, {}, [&](size_t i) { return population[i].values[o]; });
        const double range =
            population[order.back()].values[o] - population[order.front()].values[o];
        population[order.front()].crowding = population[order.back()].crowding = HUGE_VAL;
        if (range <= 0) continue;
        for (size_t k = 1; k + 1 < order.size(); ++k)
            population[order[k]].crowding +=
                (population[order[k + 1]].values[o] - population[order[k - 1]].values[o]) / range;
    }
}

}  // namespace

void rank(std::vector<Ranked>& population) {
    std::vector<size_t> left(population.size());
    std::iota(left.begin(), left.end(), size_t{0});
    for (int32_t current = 0; !left.empty(); ++current) {
        std::vector<size_t> front, rest;
        for (size_t i : left) {
            const bool isFirst = std::ranges::none_of(
                left, [&](size_t k) { return comesFirst(population[k], population[i]); });
            (isFirst ? front : rest).push_back(i);
        }
        for (size_t i : front)
            population[i].rank = current;
        if (population[front[0]].excess == 0) measureCrowding(population, front);
        left = std::move(rest);
    }
}

bool isBefore(const Ranked& a, const Ranked& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.crowding > b.crowding;
}

}  // namespace search

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ranking of a population in ranks and, within a rank, by crowding. Source: Deb, Pratap, Agarwal,
// Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II": sorting into
// fronts, crowding distance, and domination under constraints: feasible ones come before others,
// which are ordered by how far they are beyond the limits.

#include <vector>

#include "search/front/front.h"

namespace search {

struct Ranked {
    Objectives values;  ///< to minimize; only of feasible ones
    double excess = 0;  ///< beyond the limits; 0: feasible
    int32_t rank = 0;
    double crowding = 0;  ///< greater is lonelier; infinite at the ends
};

/// Sets rank and crowding of each.
void rank(std::vector<Ranked>& population);

/// True where `a` comes before `b`.
bool isBefore(const Ranked& a, const Ranked& b);

}  // namespace search

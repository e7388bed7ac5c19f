// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Hypervolume: the part of the objectives' space that points dominate, up to a reference point.
// Objectives are minimized. Exact for any number of objectives.
//
// Sources: Fonseca, Paquete, Lopez-Ibanez 2006 (a sweep along one objective); While, Bradstreet,
// Barone 2012, "A fast way of calculating exact hypervolumes" (WFG), for more than three.

#include <vector>

#include "search/front/front.h"

namespace search {

/// Points that are not better than the reference in every objective add nothing.
double hypervolume(std::vector<Objectives> points, const Objectives& reference);

/// Indices of the `count` points that a front loses most without, greatest contribution first.
/// Each is chosen for what it adds to those chosen before.
std::vector<size_t> mostContributing(const std::vector<Objectives>& points,
                                     const Objectives& reference, size_t count);

}  // namespace search

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TriedVariation: a variation in the user's list, with its newest evaluation.

#include <vector>

#include "types/evaluation.h"

namespace views {

struct TriedVariation {
    types::Variation variation;
    types::EvaluationPtr evaluation;  ///< null until the first one arrives
    bool outdated = false;            ///< made for another board; a new one is being computed
};

using TriedVariations = std::vector<TriedVariation>;

}  // namespace views

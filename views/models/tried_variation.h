// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TriedVariation: one variation that the user settled on, with the newest evaluation of it.

#include <vector>

#include "types/evaluation.h"

namespace views {

struct TriedVariation {
    types::Variation variation;
    types::EvaluationPtr evaluation;  ///< null until the first one arrives
    bool outdated = false;            ///< made for another board; a new one is on its way
};

using TriedVariations = std::vector<TriedVariation>;

}  // namespace views

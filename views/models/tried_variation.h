// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TriedVariation: a variation in the user's list, with its newest evaluation.

#include <algorithm>
#include <vector>

#include "types/evaluation.h"
#include "views/models/marks.h"

namespace views {

struct TriedVariation {
    types::Variation variation;
    types::EvaluationPtr evaluation;  ///< null until the first one arrives
    bool outdated = false;            ///< made for another board; a new one is being computed
    Marks marks = {};
    std::vector<types::Variation> same = {};  ///< others that give the same network

    bool stands(const types::Variation& wanted) const {
        return variation == wanted || std::find(same.begin(), same.end(), wanted) != same.end();
    }
    /// The user's name, or the label.
    QString name() const {
        return marks.name.isEmpty() ? QString::fromStdString(variation.label()) : marks.name;
    }
};

using TriedVariations = std::vector<TriedVariation>;

/// What the list shows: no deleted variation but the `current` one, and equal networks once, under
/// the variation that was tried first.
TriedVariations listedVariations(const TriedVariations& tried, const types::Variation& current);

}  // namespace views

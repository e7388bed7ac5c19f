// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Marks: what the user attaches to a variation: a name, a note, a star, or that it is deleted. A
// deleted variation is hidden, so that undo brings it back.

#include <QString>
#include <utility>
#include <vector>

#include "types/variation.h"

namespace views {

struct Marks {
    QString name;  ///< shown instead of the label; empty: none
    QString note;
    bool isStarred = false, isDeleted = false;

    bool operator==(const Marks& other) const {
        return name == other.name && note == other.note && isStarred == other.isStarred &&
               isDeleted == other.isDeleted;
    }
};

/// One edit of one or more variations, with their marks after it.
using MarksEdit = std::vector<std::pair<types::Variation, Marks>>;

}  // namespace views

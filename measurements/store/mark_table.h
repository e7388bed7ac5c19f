// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the user attached to variations of a model in a project file: names, notes, stars, and which
// are deleted from view. A variation need not be in the table of variations.

#include <string>
#include <vector>

#include "store/project_file.h"

namespace store {

struct MarkEntry {
    std::string knobs;  ///< the variation's JSON document
    std::string name, note;
    bool isStarred = false, isDeleted = false;

    bool operator==(const MarkEntry&) const = default;
};

/// Replaces all marks of the model in one transaction.
types::Result<void> storeMarks(ProjectFile& file, int64_t model,
                               const std::vector<MarkEntry>& marks);
types::Result<std::vector<MarkEntry>> listMarks(const ProjectFile& file, int64_t model);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window showed, in a project file: at most one row. Where a text is not set, it is empty.

#include <optional>
#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/duty_cycle.h"

namespace store {

struct StoredWorkspace {
    std::string knobs;  ///< JSON document of a variation
    bool showsTrained = false;
    std::string modelPath;
    std::string board, boardProfile;
    std::string dataPath;
    types::DutyCycle duty;
    std::string page;
    std::vector<int32_t> layers;  ///< picked, ascending
    int32_t layer = -1;
    std::string savedAs;
    bool isUnsaved = false;
};

/// Replaces the row.
types::Result<void> storeWorkspace(ProjectFile& file, const StoredWorkspace& workspace);
/// Empty in a file that was made without a window, or by an older program.
types::Result<std::optional<StoredWorkspace>> readWorkspace(const ProjectFile& file);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The model of a project file with its variations and what training made of them, for window and
// command line. Trust: as in project.h.

#include <vector>

#include "engine/vary_on_data.h"
#include "store/project_file.h"
#include "types/result.h"

namespace app {

struct StoredModel {
    int64_t id = 0;         ///< in the file
    types::GraphPtr graph;  ///< null: the file holds no model
    std::string sha256;
    std::vector<types::Variation> variations;
    std::vector<engine::VariedPtr> trained;  ///< by variation; null: it was not trained
};

/// The model that was stored last.
types::Result<StoredModel> readStoredModel(const store::ProjectFile& file);

}  // namespace app

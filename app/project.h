// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Project: the window's part of a .netcaliper file: a model, the variations tried on it and the
// measured sessions. Evaluations are stored, too, for readers of the file, but computed again when
// it is opened: that is quick, and profiles may have improved meanwhile. Trained models are stored
// and never made again.

#include <filesystem>
#include <vector>

#include "engine/vary_on_data.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/session.h"
#include "views/models/marks.h"

namespace app {

struct Project {
    types::GraphPtr graph;  ///< null: the file holds sessions only
    std::vector<types::Variation> variations;
    std::vector<types::EvaluationPtr> evaluations;  ///< only written; null: none
    std::vector<types::SessionPtr> sessions;
    std::vector<engine::VariedPtr> trained = {};  ///< by variation; null, or shorter: not trained
    views::MarksEdit marks = {};                  ///< also of variations that sweeps tried

    /// Null where it was not trained.
    engine::VariedPtr trainedModel(size_t variation) const {
        return variation < trained.size() ? trained[variation] : nullptr;
    }
};

/// File extension of projects.
inline constexpr const char* kProjectEnding = "netcaliper";

types::Result<Project> readProject(const std::filesystem::path& path);

/// Replaces the file at `path` only once the new one is complete.
types::Result<void> writeProject(const Project& project, const std::filesystem::path& path);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Project: the window's part of a .netcaliper file: a model, the variations tried on it and the
// measured sessions. Evaluations are stored, too, for readers of the file, but computed again when
// it is opened: that is quick, and profiles may have improved meanwhile.

#include <filesystem>
#include <vector>

#include "types/evaluation.h"
#include "types/result.h"
#include "types/session.h"

namespace app {

struct Project {
    types::GraphPtr graph;  ///< null: the file holds sessions only
    std::vector<types::Variation> variations;
    std::vector<types::EvaluationPtr> evaluations;  ///< only written; null: none
    std::vector<types::SessionPtr> sessions;
};

/// File extension of projects.
inline constexpr const char* kProjectEnding = "netcaliper";

types::Result<Project> readProject(const std::filesystem::path& path);

/// Replaces the file at `path` only once the new one is complete.
types::Result<void> writeProject(const Project& project, const std::filesystem::path& path);

}  // namespace app

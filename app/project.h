// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Project: what a .netcaliper file holds for the window: a model, the variations tried on it and
// the sessions measured. Evaluations are stored too, for whoever queries the file, but made anew
// when it is opened: they are quick, and the boards may have learned meanwhile.

#include <filesystem>
#include <vector>

#include "types/evaluation.h"
#include "types/result.h"
#include "types/session.h"

namespace app {

struct Project {
    types::GraphPtr graph;  ///< null: the file holds sessions alone
    std::vector<types::Variation> variations;
    std::vector<types::EvaluationPtr> evaluations;  ///< written only; null where there is none
    std::vector<types::SessionPtr> sessions;
};

/// The ending by which the window tells projects from models.
inline constexpr const char* kProjectEnding = "netcaliper";

types::Result<Project> readProject(const std::filesystem::path& path);

/// Replaces what stands at `path` when the new file is complete, not before.
types::Result<void> writeProject(const Project& project, const std::filesystem::path& path);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions of a project file with their models, for commands that use layers.

#include "command_context.h"
#include "store/project_file.h"
#include "types/session.h"

namespace app {

/// The sessions of a project whose conditions are wanted, in the order in which they were stored.
types::Result<std::vector<types::SessionPtr>> readSessions(
    const store::ProjectFile& file, const std::function<bool(const types::Conditions&)>& wanted);

struct SessionFlags {
    std::vector<std::string> sessions, models;
    std::string database;
};

/// SESSION..., --db and --model.
void addSessionFlags(CLI::App* command, SessionFlags& flags);

struct MeasuredModel {
    types::Session session;
    types::GraphPtr graph;  ///< null: not among the given files
};

/// Finds a session's model by the file name stored in the session; a single given file is the model
/// of all sessions.
types::Result<std::vector<MeasuredModel>> readMeasured(const SessionFlags& flags);

}  // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions of a project file with the models they were taken with, for commands that learn from
// layers.

#include "command_context.h"
#include "types/session.h"

namespace app {

struct SessionFlags {
    std::vector<std::string> sessions, models;
    std::string database;
};

/// SESSION..., --db and --model.
void addSessionFlags(CLI::App* command, SessionFlags& flags);

struct MeasuredModel {
    types::Session session;
    types::GraphPtr graph;  ///< null: not among those given
};

/// A session's model is the file of the name that the session remembers; one file given alone is
/// that of all sessions.
types::Result<std::vector<MeasuredModel>> readMeasured(const SessionFlags& flags);

}  // namespace app

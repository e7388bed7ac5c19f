// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions in a project file. Stored sessions are read back equal, sample by sample.
//
// A session's name is unique in a file and identifies it for people.

#include <span>
#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/session.h"

namespace store {

/// One line of a list of sessions.
struct SessionEntry {
    int64_t id = 0;
    std::string name, format, startedAt, storedAt;
    types::Conditions conditions;
    int64_t measurements = 0, samples = 0, outputs = 0, traces = 0, warnings = 0;
};

enum class IfNamed { Refuse, Replace };

/// Stores a session, all or nothing; returns its id. For a taken name, returns an Error or replaces
/// the old session in the same transaction. A sample that is not finite is an Error.
types::Result<int64_t> storeSession(ProjectFile& file, const types::Session& session,
                                    IfNamed ifNamed = IfNamed::Refuse);
/// Stores several sessions, all or none.
types::Result<std::vector<int64_t>> storeSessions(ProjectFile& file,
                                                  std::span<const types::Session> sessions,
                                                  IfNamed ifNamed = IfNamed::Refuse);

/// Returns entries in the order in which they were stored.
types::Result<std::vector<SessionEntry>> listSessions(const ProjectFile& file);

/// For an unknown name, the Error lists the known ones.
types::Result<types::Session> readSession(const ProjectFile& file, const std::string& name);
types::Result<types::Session> readSession(const ProjectFile& file, int64_t id);

types::Result<void> removeSession(ProjectFile& file, const std::string& name);

}  // namespace store

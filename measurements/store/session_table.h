// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions in a project file. What is stored comes back equal, sample by sample.
//
// A session's name is its handle for people and is unique in a file.

#include <span>
#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/session.h"

namespace store {

/// What a list of sessions shows.
struct SessionEntry {
    int64_t id = 0;
    std::string name, format, startedAt, storedAt;
    types::Conditions conditions;
    int64_t measurements = 0, samples = 0, outputs = 0, traces = 0, warnings = 0;
};

enum class IfNamed { Refuse, Replace };

/// Stores a session, all or nothing, and tells its id. A name that is taken is refused, or the
/// session that had it goes away in the same step. A sample that is no finite number is refused.
types::Result<int64_t> storeSession(ProjectFile& file, const types::Session& session,
                                    IfNamed ifNamed = IfNamed::Refuse);
/// Several sessions, all or none.
types::Result<std::vector<int64_t>> storeSessions(ProjectFile& file,
                                                  std::span<const types::Session> sessions,
                                                  IfNamed ifNamed = IfNamed::Refuse);

/// In the order in which they were stored.
types::Result<std::vector<SessionEntry>> listSessions(const ProjectFile& file);

/// An unknown name is an Error that lists the known ones.
types::Result<types::Session> readSession(const ProjectFile& file, const std::string& name);
types::Result<types::Session> readSession(const ProjectFile& file, int64_t id);

types::Result<void> removeSession(ProjectFile& file, const std::string& name);

}  // namespace store

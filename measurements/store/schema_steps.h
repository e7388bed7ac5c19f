// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The schema of a project file as a list of steps: step n migrates a file from version n - 1 to
// version n. A new file takes all steps, an older one those it lacks, so each version is reached in
// one way only. The steps are schema/*.sql, with every table and column explained; a published step
// never changes.

#include <vector>

namespace store {

/// SQL scripts, in order; their number is the newest version (SQLite's user_version).
const std::vector<const char*>& schemaSteps();

/// SQLite's application_id of a project file, "NCal" in ASCII.
inline constexpr unsigned kApplicationId = 0x4e43616c;

}  // namespace store

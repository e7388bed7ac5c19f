// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The schema of a project file as the steps that led to it: step n brings a file of version n - 1
// to version n. A new file takes all steps, an older one those it lacks, so there is one way only
// to arrive at a version. The steps are schema/*.sql, with every table and column explained; a
// step that was published is never changed.

#include <vector>

namespace store {

/// SQL scripts, in order; the newest version is their number (SQLite's user_version).
const std::vector<const char*>& schemaSteps();

/// SQLite's application_id of a project file, "NCal" in ASCII.
inline constexpr unsigned kApplicationId = 0x4e43616c;

}  // namespace store

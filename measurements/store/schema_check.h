// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: a file from somebody else may define our tables as something else: as views
// that never end, with columns that are computed, without what its version promises. Only a file
// whose tables are defined as schema/*.sql defines them is read.

#include <string>

namespace SQLite {
class Database;
}

namespace store {

/// Turns off what a file could make SQLite do beside storing: triggers, and writes to its own
/// tables. Call it before the first statement.
void distrust(SQLite::Database& database);

/// The first table or view that is not defined as in this version of the schema; empty: none.
/// Throws SQLite::Exception.
std::string foreignTable(SQLite::Database& database, int version);

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema_check.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>

#include "store/schema_steps.h"

namespace store {
namespace {

/// Definitions by name. SQLite's own tables, such as those of ANALYZE, are left out.
std::map<std::string, std::string> definitionsOf(SQLite::Database& database) {
    SQLite::Statement row(database,
                          "SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM "
                          "sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    std::map<std::string, std::string> definitions;
    while (row.executeStep())
        definitions[row.getColumn(0).getString()] = row.getColumn(1).getString();
    return definitions;
}

}  // namespace

void distrust(SQLite::Database& database) {
    sqlite3* const handle = database.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    database.exec("PRAGMA cell_size_check = ON");
}

std::string foreignTable(SQLite::Database& database, int version) {
    SQLite::Database ours(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (size_t step = 0; step < static_cast<size_t>(version); ++step)
        ours.exec(schemaSteps()[step]);
    const auto found = definitionsOf(database);
    for (const auto& [name, definition] : definitionsOf(ours)) {
        const auto same = found.find(name);
        if (same == found.end() || same->second != definition) return name;
    }
    return {};
}

}  // namespace store

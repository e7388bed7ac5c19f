// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statements.h"

#include <sqlite3.h>

namespace store {

using namespace types;

Error explain(const SQLite::Exception& exception, const std::filesystem::path& file) {
    const std::string where = file.string();
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
            return {"the disk is full, nothing was stored", where, "make room and try again"};
        case SQLITE_IOERR:
            return {"reading or writing failed, nothing was stored", where,
                    "look at the disk, its space and its quota"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"another program is writing to it", where, "try again when it is done"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {"may not be written", where, "change its permissions or copy it"};
        case SQLITE_CANTOPEN:
            return {"cannot be opened", where, "look at the path and its permissions"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {std::string("is damaged (") + exception.what() + ")", where,
                    "use a copy of it from before"};
        case SQLITE_TOOBIG:
            return {
                "one log, trace or model is larger than 1,000,000,000 bytes, nothing was stored",
                where, "store it in parts"};
        default:
            return {std::string("SQLite refuses: ") + exception.what(), where, ""};
    }
}

void bindBytes(SQLite::Statement& statement, int index, const void* data, size_t bytes) {
    constexpr size_t kMaxBytes = 1'000'000'000;
    if (bytes > kMaxBytes) throw SQLite::Exception("string or blob too big", SQLITE_TOOBIG);
    statement.bind(index, data, static_cast<int>(bytes));
}

int64_t insertRow(SQLite::Database& database, SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
    return database.getLastInsertRowid();
}

}  // namespace store

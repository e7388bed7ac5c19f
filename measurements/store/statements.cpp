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
    // An empty vector has no address, which SQLite would take for NULL.
    statement.bind(index, bytes > 0 ? data : "", static_cast<int>(bytes));
}

Change::Change(SQLite::Database& database)
    : m_database(database), m_isOutermost(sqlite3_get_autocommit(database.getHandle()) != 0) {
    m_database.exec(m_isOutermost ? "BEGIN IMMEDIATE" : "SAVEPOINT change");
}

Change::~Change() {
    if (!m_isOpen) return;
    // A full disk may have ended the transaction already. No exception leaves a destructor.
    m_database.tryExec(m_isOutermost ? "ROLLBACK" : "ROLLBACK TO change; RELEASE change");
}

void Change::commit() {
    m_database.exec(m_isOutermost ? "COMMIT" : "RELEASE change");
    m_isOpen = false;
}

std::string shortText(const SQLite::Column& column) {
    constexpr int kMaxBytes = 4 << 20;
    if (column.getBytes() > kMaxBytes)
        throw SQLite::Exception("a text of " + std::to_string(column.getBytes()) + " bytes",
                                SQLITE_CORRUPT);
    return column.getString();
}

int64_t insertRow(SQLite::Database& database, SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
    return database.getLastInsertRowid();
}

}  // namespace store

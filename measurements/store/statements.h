// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: small helpers around SQLiteCpp; its exceptions are caught here.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <optional>
#include <type_traits>

#include "types/result.h"

namespace store {

/// Converts an SQLite error to a message that needs no knowledge of SQLite.
types::Error explain(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Runs `work`, which returns a Result; converts SQLite's exceptions to its Error.
template <typename Work>
std::invoke_result_t<Work> guarded(const std::filesystem::path& file, Work&& work) {
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected(explain(exception, file));
    }
}

/// Binds values from the first parameter on; std::nullopt becomes NULL.
template <typename... Values>
void bindAll(SQLite::Statement& statement, const Values&... values) {
    int index = 0;
    const auto bindOne = [&]<typename Value>(const Value& value) {
        ++index;
        if constexpr (requires { value.has_value(); }) {
            if (value)
                statement.bind(index, *value);
            else
                statement.bind(index);
        } else {
            statement.bind(index, value);
        }
    };
    (bindOne(values), ...);
}

/// Binds a copy of the bytes. More than SQLite's limit of 10^9 (sqlite.org/limits.html, item 1)
/// fail with SQLITE_TOOBIG; the number of bytes must fit an int.
void bindBytes(SQLite::Statement& statement, int index, const void* data, size_t bytes);

/// One change of a file, all or nothing: a transaction, or a part of the one that is open. Undone
/// unless commit() is called.
class Change {
public:
    explicit Change(SQLite::Database& database);
    ~Change();
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;
    void commit();

private:
    SQLite::Database& m_database;
    const bool m_isOutermost;
    bool m_isOpen = true;
};

/// A text that no one makes long: a name, a path, a document of knobs. A longer one than 4 MiB is
/// damage.
std::string shortText(const SQLite::Column& column);

/// Runs a bound INSERT, resets it for the next, and returns the new row's id.
int64_t insertRow(SQLite::Database& database, SQLite::Statement& statement);

/// Returns a column's number; NULL becomes std::nullopt.
template <typename Number>
std::optional<Number> optionalNumber(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    if constexpr (std::is_floating_point_v<Number>)
        return column.getDouble();
    else
        return static_cast<Number>(column.getInt64());
}

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of store: small helpers around SQLiteCpp, and the wall that its exceptions stop at.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <optional>
#include <type_traits>

#include "types/result.h"

namespace store {

/// What an SQLite error means to somebody who knows no SQLite.
types::Error explain(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Runs `work`, which returns a Result, and turns an exception of SQLite's into its Error.
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

/// Binds a copy of these bytes. More than SQLite's own limit, 10^9 (sqlite.org/limits.html, item
/// 1), are SQLITE_TOOBIG: beyond it an int soon does not hold their number.
void bindBytes(SQLite::Statement& statement, int index, const void* data, size_t bytes);

/// Runs an INSERT that was bound, makes it ready for the next, and tells the new row's id.
int64_t insertRow(SQLite::Database& database, SQLite::Statement& statement);

/// A column's number; NULL becomes std::nullopt.
template <typename Number>
std::optional<Number> optionalNumber(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    if constexpr (std::is_floating_point_v<Number>)
        return column.getDouble();
    else
        return static_cast<Number>(column.getInt64());
}

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: a connection to a PostgreSQL server that comes back after the server was away.
//
// Work is given as a function. It runs again from its start where the connection was lost, the
// server restarted or two transactions stood in each other's way, so it must mean the same when it
// runs twice: the first run may have been stored.
//
// Thread rules: one thread at a time.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/sweep_database.h"
#include "types/result.h"

struct pg_conn;
struct pg_result;

namespace store {

/// One parameter of a query, sent apart from its text.
struct ServerValue {
    std::string text;
    bool isBinary = false;

    ServerValue(std::string value) : text(std::move(value)) {}
    ServerValue(const char* value) : text(value) {}
    ServerValue(int64_t value) : text(std::to_string(value)) {}
    ServerValue(int32_t value) : text(std::to_string(value)) {}
    ServerValue(bool value) : text(value ? "true" : "false") {}
    ServerValue(double value);
    ServerValue(std::span<const uint8_t> bytes);
};

/// Array parameters: "{1,2}" and "{\"a\",\"b\"}".
ServerValue arrayOf(std::span<const int64_t> numbers);
ServerValue arrayOf(std::span<const double> numbers);
ServerValue arrayOf(std::span<const std::string> texts);

/// Rows of an answer. The server is not trusted: a value of another type or range than asked for is
/// an Error, and no index is taken from it.
class ServerRows {
public:
    ServerRows() = default;
    ServerRows(pg_result* result, std::string server);

    int count() const;
    bool isNull(int row, int column) const;
    std::string text(int row, int column) const;
    types::Result<int64_t> integer(int row, int column, int64_t least = 0,
                                   int64_t most = INT64_MAX) const;
    types::Result<double> number(int row, int column) const;
    /// A text of at most `most` bytes without NUL.
    types::Result<std::string> shortText(int row, int column, size_t most) const;

private:
    types::Error odd(const char* what) const;

    std::shared_ptr<pg_result> m_result;
    std::string m_server;
};

class ServerConnection {
public:
    using Work = std::function<types::Result<void>()>;

    static types::Result<ServerConnection> open(const std::string& address,
                                                const Patience& patience);

    /// Runs work of one query, which the server makes one transaction.
    types::Result<void> once(const Work& work) { return repeat(work); }
    /// Runs work of several queries as one transaction.
    types::Result<void> transaction(const Work& work);

    /// Inside of work only. `mostRows`: more are an Error.
    types::Result<ServerRows> query(const char* sql, std::span<const ServerValue> values,
                                    int64_t mostRows, bool binaryAnswer = false);
    /// Inside of work only: several commands without parameters.
    types::Result<void> script(const char* sql);

    const std::string& name() const { return m_name; }

private:
    /// What a failed query leaves.
    enum class Trouble : int8_t { None, Collision, Lost };

    ServerConnection(std::string address, Patience patience);
    types::Result<void> connect(double patienceSeconds);
    types::Result<void> connectOnce();
    types::Result<void> repeat(const Work& work);
    types::Result<ServerRows> judge(pg_result* result);
    types::Error explain(const pg_result* result);
    types::Error explainConnection() const;

    std::string m_address, m_name;
    Patience m_patience;
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> m_connection;
    Trouble m_trouble = Trouble::Lost;
};

}  // namespace store

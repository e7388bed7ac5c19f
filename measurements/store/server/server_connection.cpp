// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/server/server_connection.h"

#include <libpq-fe.h>

#include <string_view>

#include "store/server/server_address.h"
#include "store/server/server_pause.h"

namespace store {
namespace {

using namespace types;

/// Options of every connection. Those before the address are defaults, which it may change. A
/// server that a network has lost is noticed within about a minute.
struct ConnectionOptions {
    explicit ConnectionOptions(const std::string& address)
        : values{"10",         "30",   "10",   "3", "60000", "read-write", address.c_str(),
                 "netcaliper", "UTF8", nullptr} {}

    static constexpr const char* kKeywords[] = {"connect_timeout",
                                                "keepalives_idle",
                                                "keepalives_interval",
                                                "keepalives_count",
                                                "tcp_user_timeout",
                                                "target_session_attrs",
                                                "dbname",
                                                "fallback_application_name",
                                                "client_encoding",
                                                nullptr};
    const char* values[std::size(kKeywords)];
};

std::string stateOf(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state == nullptr ? "" : state;
}

/// Classes of states: postgresql.org/docs/15/errcodes-appendix.html.
bool isLost(const std::string& state) {
    // 57P01 to 57P03: the server is ending or starting; 25006: a standby, the primary is elsewhere.
    return state.starts_with("08") || state.starts_with("57P0") || state == "25006";
}

/// All connections of the server are in use; one may become free.
bool isCrowded(const std::string& message) {
    return message.find("too many") != std::string::npos ||
           message.find("connection slots") != std::string::npos;
}

bool isCollision(const std::string& state) {
    return state == "40001" || state == "40P01";  // serialization, deadlock
}

std::string remedyOf(const std::string& state) {
    if (state == "53100") return "make room there; the sweep goes on where it stopped";
    if (state == "42501") return "let this user create and write tables there";
    if (state == "42P01") return "start the sweep first, or name the database that holds it";
    if (state == "3F000") return "make the schema that its search path names";
    return "look at the server's log";
}

std::string problemOf(const std::string& state, const std::string& message) {
    if (state == "53100") return "the server's disk is full, nothing was stored";
    if (state == "42501") return "may not be used like this (" + message + ")";
    if (state == "42P01") return "holds no sweep";
    return "refuses: " + message;
}

}  // namespace

ServerConnection::ServerConnection(std::string address, Patience patience)
    : m_address(std::move(address)),
      m_name(serverName(m_address)),
      m_patience(std::move(patience)),
      m_connection(nullptr, PQfinish) {}

Result<ServerConnection> ServerConnection::open(const std::string& address,
                                                const Patience& patience) {
    if (const auto checked = checkServerAddress(address); !checked)
        return tl::unexpected(checked.error());
    ServerConnection connection(address, patience);
    if (const auto connected = connection.connect(patience.firstSeconds); !connected)
        return tl::unexpected(connected.error());
    return connection;
}

Result<void> ServerConnection::connectOnce() {
    const ConnectionOptions options(m_address);
    m_connection.reset(PQconnectdbParams(options.kKeywords, options.values, 1));
    if (PQstatus(m_connection.get()) != CONNECTION_OK) return tl::unexpected(explainConnection());
    // Notices would be printed to stderr.
    PQsetNoticeReceiver(
        m_connection.get(), [](void*, const PGresult*) {}, nullptr);
    m_trouble = Trouble::None;
    return {};
}

Result<void> ServerConnection::connect(double patienceSeconds) {
    // A server that answers and refuses will refuse again, unless it has just come back.
    constexpr int kMostRefusals = 3;
    int refusals = 0;
    for (ServerPause pause(patienceSeconds, m_patience.stop);;) {
        auto connected = connectOnce();
        if (connected) return connected;
        const ConnectionOptions options(m_address);
        const PGPing ping = PQpingParams(options.kKeywords, options.values, 1);
        if (ping == PQPING_NO_ATTEMPT) return connected;
        const bool isRefusal = ping == PQPING_OK && !isCrowded(connected.error().what);
        if (isRefusal && ++refusals == kMostRefusals) return connected;
        if (pause.isFirst() && m_patience.onWait)
            m_patience.onWait("waiting for " + m_name + ": " + connected.error().what);
        if (!pause.wait()) return connected;
    }
}

Result<void> ServerConnection::repeat(const Work& work) {
    for (ServerPause pause(m_patience.laterSeconds, m_patience.stop);;) {
        if (m_trouble == Trouble::Lost)
            if (auto connected = connect(m_patience.laterSeconds); !connected) return connected;
        m_trouble = Trouble::None;
        auto done = work();
        if (done || m_trouble == Trouble::None || !pause.wait()) return done;
    }
}

Result<void> ServerConnection::transaction(const Work& work) {
    return repeat([&]() -> Result<void> {
        if (const auto begun = script("BEGIN"); !begun) return begun;
        auto done = work();
        if (done) return script("COMMIT");
        const Trouble trouble = m_trouble;
        // Where this fails, the connection is lost and the server rolls back by itself.
        if (trouble != Trouble::Lost && script("ROLLBACK")) m_trouble = trouble;
        return done;
    });
}

Result<ServerRows> ServerConnection::query(const char* sql, std::span<const ServerValue> values,
                                           int64_t mostRows, bool binaryAnswer) {
    std::vector<const char*> texts;
    std::vector<int> lengths, formats;
    for (const ServerValue& value : values) {
        if (!value.isBinary && value.text.find('\0') != std::string::npos)
            return fail("a text holds a NUL", m_name, "");
        texts.push_back(value.text.c_str());
        lengths.push_back(static_cast<int>(value.text.size()));
        formats.push_back(value.isBinary);
    }
    auto rows =
        judge(PQexecParams(m_connection.get(), sql, static_cast<int>(values.size()), nullptr,
                           texts.data(), lengths.data(), formats.data(), binaryAnswer));
    if (rows && rows->count() > mostRows)
        return fail("answers with more rows than were asked for", m_name,
                    "look at who may write to it");
    return rows;
}

Result<void> ServerConnection::script(const char* sql) {
    const auto rows = judge(PQexec(m_connection.get(), sql));
    if (!rows) return tl::unexpected(rows.error());
    return {};
}

Result<ServerRows> ServerConnection::judge(PGresult* result) {
    const ServerRows rows(result, m_name);  // owns the result from here on
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
    const std::string state = stateOf(result);
    // Without a state the error is libpq's own: it could not send or read.
    if (PQstatus(m_connection.get()) != CONNECTION_OK || state.empty() || isLost(state))
        m_trouble = Trouble::Lost;
    else if (isCollision(state))
        m_trouble = Trouble::Collision;
    return tl::unexpected(explain(result));
}

Error ServerConnection::explain(const PGresult* result) {
    if (m_trouble == Trouble::Lost)
        return {"the connection was lost", m_name, "the sweep goes on when the server is back"};
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string state = stateOf(result);
    return {problemOf(state, plainText(message == nullptr ? "" : message)), m_name,
            remedyOf(state)};
}

Error ServerConnection::explainConnection() const {
    return {"cannot be reached (" + plainText(PQerrorMessage(m_connection.get())) + ")", m_name,
            "start the server, or correct the address, service file or password file"};
}

}  // namespace store

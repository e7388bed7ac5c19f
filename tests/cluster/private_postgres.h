// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A PostgreSQL of the test's own, in a temporary directory (postgres.sh). Each schema is a database
// for a sweep.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "support/temporary_dir.h"

namespace cluster {

/// Runs a command of the shell; returns what it prints, and its exit status through `status`.
inline std::string outputOf(const std::string& command, int* status = nullptr) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> chunk;
    for (size_t n; (n = fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        output.append(chunk.data(), n);
    const int ended = pclose(pipe);
    if (status != nullptr) *status = ended;
    return output;
}

inline std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

class PrivatePostgres {
public:
    /// Debian's packages postgresql and postgresql-client.
    static bool isInstalled() {
        return std::system(
                   "ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && "
                   "command -v psql >/dev/null") == 0;
    }

    PrivatePostgres() { m_runs = control("start"); }
    ~PrivatePostgres() { control("stop"); }
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    bool runs() const { return m_runs; }
    bool stop() { return control("stop"); }
    bool start() { return control("start"); }
    bool restart() { return control("restart"); }
    /// Ends all processes at once; the server recovers from its log.
    bool crash() { return control("crash"); }

    /// Makes an empty schema and returns its address.
    std::string newSchema() {
        const std::string name = "s" + std::to_string(++m_schemas);
        query("CREATE SCHEMA " + name, "");
        return addressOf(name);
    }
    std::string addressOf(const std::string& schema) const {
        return "postgresql:///postgres?host=" + (m_dir / "").string() + "&user=netcaliper" +
               (schema.empty() ? "" : "&options=-csearch_path%3D" + schema);
    }
    /// Runs SQL as the superuser; returns unaligned rows.
    std::string query(const std::string& sql, const std::string& address) const {
        return trimmed(outputOf("psql -X -qAt -v ON_ERROR_STOP=1 '" +
                                (address.empty() ? addressOf("") : address) + "' <<'END'\n" + sql +
                                "\nEND\n"));
    }

private:
    bool control(const std::string& action) {
        return std::system((std::string("sh " NETCALIPER_CLUSTER_DIR "/postgres.sh ") + action +
                            " '" + (m_dir / "").string() + "' >/dev/null")
                               .c_str()) == 0;
    }

    support::TemporaryDir m_dir;
    int m_schemas = 0;
    bool m_runs = false;
};

/// The server that all tests of a process share; null where PostgreSQL is not installed.
inline PrivatePostgres* sharedPostgres() {
    if (!PrivatePostgres::isInstalled()) return nullptr;
    static PrivatePostgres server;
    return server.runs() ? &server : nullptr;
}

inline constexpr const char* kNoPostgres =
    "Debian's postgresql is not installed (or does not start)";

}  // namespace cluster

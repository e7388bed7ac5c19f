// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>

#include "store/session_check.h"
#include "store/session_table.h"
#include "store/statements.h"

namespace store {
namespace {

using namespace types;

static_assert(std::endian::native == std::endian::little, "traces are stored little-endian");

/// Writes one session; each statement is prepared once and used for many rows.
class SessionWriter {
public:
    explicit SessionWriter(SQLite::Database& database) : m_database(database) {}

    int64_t write(const Session& session) {
        const int64_t id = writeHead(session);
        writeWarnings(id, session.warnings);
        writeMeasurements(id, session.measurements);
        writeOutputs(id, session.outputs);
        writeTraces(id, session.traces);
        return id;
    }

private:
    int64_t writeHead(const Session& session) {
        const Conditions& c = session.conditions;
        SQLite::Statement row(
            m_database,
            "INSERT INTO session (name, format, started_at, source, board, core, clock_mhz, "
            "runtime, runtime_version, kernels, compiler, flags, model_name, model_sha256, "
            "supply_volts, notes, raw_log) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        bindAll(row, session.name, session.format, session.startedAt, sourceName(c.source), c.board,
                c.core, c.clockMhz, c.runtime, c.runtimeVersion, c.kernels, c.compiler, c.flags,
                c.modelName, c.modelHash, c.supplyVolts, c.notes);
        bindBytes(row, 17, session.rawLog.data(), session.rawLog.size());
        return insertRow(m_database, row);
    }

    void writeWarnings(int64_t session, const std::vector<std::string>& warnings) {
        SQLite::Statement row(m_database, "INSERT INTO session_warning VALUES (?,?,?)");
        for (size_t i = 0; i < warnings.size(); ++i) {
            bindAll(row, session, static_cast<int64_t>(i), warnings[i]);
            insertRow(m_database, row);
        }
    }

    /// Writes rows (owner, position, value) of a table of numbers.
    void writeValues(SQLite::Statement& row, int64_t owner, const std::vector<double>& values) {
        for (size_t i = 0; i < values.size(); ++i) {
            bindAll(row, owner, static_cast<int64_t>(i), values[i]);
            insertRow(m_database, row);
        }
    }

    void writeMeasurements(int64_t session, const std::vector<Measurement>& measurements) {
        SQLite::Statement row(m_database,
                              "INSERT INTO measurement (session_id, position, key, layer, op, "
                              "quantity, estimated, note) VALUES (?,?,?,?,?,?,?,?)");
        SQLite::Statement sample(m_database, "INSERT INTO sample VALUES (?,?,?)");
        for (size_t i = 0; i < measurements.size(); ++i) {
            const Measurement& m = measurements[i];
            bindAll(row, session, static_cast<int64_t>(i), m.key, m.layer, m.op,
                    quantityName(m.quantity), int32_t{m.estimated}, m.note);
            writeValues(sample, insertRow(m_database, row), m.samples);
        }
    }

    void writeOutputs(int64_t session, const std::vector<RecordedOutput>& outputs) {
        SQLite::Statement row(m_database,
                              "INSERT INTO recorded_output (session_id, position, input, label) "
                              "VALUES (?,?,?,?)");
        SQLite::Statement value(m_database, "INSERT INTO recorded_value VALUES (?,?,?)");
        for (size_t i = 0; i < outputs.size(); ++i) {
            bindAll(row, session, static_cast<int64_t>(i), outputs[i].input, outputs[i].label);
            writeValues(value, insertRow(m_database, row), outputs[i].values);
        }
    }

    void writeTraces(int64_t session, const std::vector<PowerTrace>& traces) {
        SQLite::Statement row(m_database,
                              "INSERT INTO power_trace (session_id, position, sample_rate_hz, "
                              "begin_s, power_mw) VALUES (?,?,?,?,?)");
        for (size_t i = 0; i < traces.size(); ++i) {
            const PowerTrace& trace = traces[i];
            bindAll(row, session, static_cast<int64_t>(i), trace.sampleRateHz, trace.beginS);
            bindBytes(row, 5, trace.powerMw.data(), trace.powerMw.size() * sizeof(float));
            writeWindows(insertRow(m_database, row), trace.windows);
        }
    }

    void writeWindows(int64_t trace, const std::vector<PowerTrace::Window>& windows) {
        SQLite::Statement row(m_database, "INSERT INTO trace_window VALUES (?,?,?,?,?,?)");
        for (size_t i = 0; i < windows.size(); ++i) {
            const PowerTrace::Window& window = windows[i];
            bindAll(row, trace, static_cast<int64_t>(i), window.beginS, window.endS, window.layer,
                    window.inferences);
            insertRow(m_database, row);
        }
    }

    SQLite::Database& m_database;
};

/// Frees the name; returns false where it is taken and must be kept.
bool freeName(SQLite::Database& database, const std::string& name, IfNamed ifNamed) {
    SQLite::Statement taken(database, "SELECT id FROM session WHERE name = ?");
    bindAll(taken, name);
    if (!taken.executeStep()) return true;
    if (ifNamed == IfNamed::Refuse) return false;
    SQLite::Statement remove(database, "DELETE FROM session WHERE name = ?");
    bindAll(remove, name);
    remove.exec();
    return true;
}

}  // namespace

Result<std::vector<int64_t>> storeSessions(ProjectFile& file, std::span<const Session> sessions,
                                           IfNamed ifNamed) {
    for (const Session& session : sessions)
        if (const std::string fault = faultOf(session); !fault.empty())
            return fail(fault, session.name, "leave such samples out");
    return guarded(file.path(), [&]() -> Result<std::vector<int64_t>> {
        SQLite::Database& database = file.database();
        Change change(database);
        std::vector<int64_t> ids;
        for (const Session& session : sessions) {
            if (!freeName(database, session.name, ifNamed))
                return fail("has a session '" + session.name + "' already", file.path().string(),
                            "choose another name or replace it");
            ids.push_back(SessionWriter(database).write(session));
        }
        change.commit();
        return ids;
    });
}

Result<int64_t> storeSession(ProjectFile& file, const Session& session, IfNamed ifNamed) {
    const auto ids = storeSessions(file, {&session, 1}, ifNamed);
    if (!ids) return tl::unexpected(ids.error());
    return ids->front();
}

Result<void> removeSession(ProjectFile& file, const std::string& name) {
    return guarded(file.path(), [&]() -> Result<void> {
        SQLite::Statement remove(file.database(), "DELETE FROM session WHERE name = ?");
        bindAll(remove, name);
        if (remove.exec() == 0)
            return fail("no session '" + name + "'", file.path().string(), "list the sessions");
        return {};
    });
}

}  // namespace store

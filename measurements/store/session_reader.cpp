// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "store/session_check.h"
#include "store/session_table.h"
#include "store/statements.h"

namespace store {
namespace {

using namespace types;

/// Columns of a session row for both the list and the whole session, in this order.
constexpr const char* kHead =
    "id, name, format, started_at, source, board, core, clock_mhz, runtime, runtime_version, "
    "kernels, compiler, flags, model_name, model_sha256, supply_volts, notes";

std::string blobText(const SQLite::Column& column) {
    if (column.getBytes() == 0) return {};
    return {static_cast<const char*>(column.getBlob()), static_cast<size_t>(column.getBytes())};
}

Conditions conditionsOf(SQLite::Statement& row) {
    Conditions c;
    c.source = sourceNamed(row.getColumn(4).getString()).value_or(MeasurementSource::Imported);
    c.board = row.getColumn(5).getString();
    c.core = row.getColumn(6).getString();
    c.clockMhz = row.getColumn(7).getDouble();
    c.runtime = row.getColumn(8).getString();
    c.runtimeVersion = row.getColumn(9).getString();
    c.kernels = row.getColumn(10).getString();
    c.compiler = row.getColumn(11).getString();
    c.flags = row.getColumn(12).getString();
    c.modelName = row.getColumn(13).getString();
    c.modelHash = row.getColumn(14).getString();
    c.supplyVolts = row.getColumn(15).getDouble();
    c.notes = row.getColumn(16).getString();
    return c;
}

std::vector<std::string> readWarnings(SQLite::Database& database, int64_t session) {
    SQLite::Statement row(database,
                          "SELECT text FROM session_warning WHERE session_id = ? "
                          "ORDER BY position");
    bindAll(row, session);
    std::vector<std::string> warnings;
    while (row.executeStep())
        warnings.push_back(row.getColumn(0).getString());
    return warnings;
}

/// Reads the values of one owner in a table (owner, position, value).
std::vector<double> readValues(SQLite::Statement& row, int64_t owner) {
    bindAll(row, owner);
    std::vector<double> values;
    while (row.executeStep())
        values.push_back(row.getColumn(0).getDouble());
    row.reset();
    return values;
}

std::vector<Measurement> readMeasurements(SQLite::Database& database, int64_t session) {
    SQLite::Statement row(database,
                          "SELECT id, key, layer, op, quantity, estimated, note FROM measurement "
                          "WHERE session_id = ? ORDER BY position");
    SQLite::Statement samples(
        database, "SELECT value FROM sample WHERE measurement_id = ? ORDER BY position");
    bindAll(row, session);
    std::vector<Measurement> measurements;
    while (row.executeStep()) {
        Measurement m;
        m.key = row.getColumn(1).getString();
        m.layer = optionalNumber<int32_t>(row.getColumn(2));
        m.op = row.getColumn(3).getString();
        m.quantity = quantityNamed(row.getColumn(4).getString()).value_or(Quantity::Count);
        m.estimated = row.getColumn(5).getInt() != 0;
        m.note = row.getColumn(6).getString();
        m.samples = readValues(samples, row.getColumn(0).getInt64());
        measurements.push_back(std::move(m));
    }
    return measurements;
}

std::vector<RecordedOutput> readOutputs(SQLite::Database& database, int64_t session) {
    SQLite::Statement row(database,
                          "SELECT id, input, label FROM recorded_output WHERE session_id = ? "
                          "ORDER BY position");
    SQLite::Statement values(
        database, "SELECT value FROM recorded_value WHERE output_id = ? ORDER BY position");
    bindAll(row, session);
    std::vector<RecordedOutput> outputs;
    while (row.executeStep())
        outputs.push_back({row.getColumn(1).getString(), optionalNumber<int32_t>(row.getColumn(2)),
                           readValues(values, row.getColumn(0).getInt64())});
    return outputs;
}

std::vector<PowerTrace::Window> readWindows(SQLite::Database& database, int64_t trace) {
    SQLite::Statement row(database,
                          "SELECT begin_s, end_s, layer, inferences FROM trace_window "
                          "WHERE trace_id = ? ORDER BY position");
    bindAll(row, trace);
    std::vector<PowerTrace::Window> windows;
    while (row.executeStep())
        windows.push_back({row.getColumn(0).getDouble(), row.getColumn(1).getDouble(),
                           optionalNumber<int32_t>(row.getColumn(2)), row.getColumn(3).getInt64()});
    return windows;
}

std::vector<PowerTrace> readTraces(SQLite::Database& database, int64_t session) {
    SQLite::Statement row(database,
                          "SELECT id, sample_rate_hz, begin_s, power_mw FROM power_trace "
                          "WHERE session_id = ? ORDER BY position");
    bindAll(row, session);
    std::vector<PowerTrace> traces;
    while (row.executeStep()) {
        PowerTrace trace;
        trace.sampleRateHz = row.getColumn(1).getDouble();
        trace.beginS = row.getColumn(2).getDouble();
        const SQLite::Column power = row.getColumn(3);
        trace.powerMw.resize(static_cast<size_t>(power.getBytes()) / sizeof(float));
        if (!trace.powerMw.empty())
            std::memcpy(trace.powerMw.data(), power.getBlob(),
                        trace.powerMw.size() * sizeof(float));
        trace.windows = readWindows(database, row.getColumn(0).getInt64());
        traces.push_back(std::move(trace));
    }
    return traces;
}

std::string knownNames(SQLite::Database& database) {
    SQLite::Statement row(database, "SELECT name FROM session ORDER BY id LIMIT 12");
    std::string names;
    while (row.executeStep())
        names += (names.empty() ? "" : ", ") + row.getColumn(0).getString();
    return names.empty() ? "it holds none yet" : "it holds " + names;
}

}  // namespace

Result<std::vector<SessionEntry>> listSessions(const ProjectFile& file) {
    return guarded(file.path(), [&]() -> Result<std::vector<SessionEntry>> {
        const auto countOf = [](const std::string& table) {
            return ", (SELECT count(*) FROM " + table + " WHERE session_id = session.id)";
        };
        SQLite::Statement row(
            file.database(),
            "SELECT " + std::string(kHead) + ", stored_at, (SELECT count(*) FROM measurement " +
                "JOIN sample ON measurement_id = measurement.id WHERE session_id = session.id)" +
                countOf("measurement") + countOf("recorded_output") + countOf("power_trace") +
                countOf("session_warning") + " FROM session ORDER BY id");
        std::vector<SessionEntry> entries;
        while (row.executeStep())
            entries.push_back({row.getColumn(0).getInt64(), row.getColumn(1).getString(),
                               row.getColumn(2).getString(), row.getColumn(3).getString(),
                               row.getColumn(17).getString(), conditionsOf(row),
                               row.getColumn(19).getInt64(), row.getColumn(18).getInt64(),
                               row.getColumn(20).getInt64(), row.getColumn(21).getInt64(),
                               row.getColumn(22).getInt64()});
        return entries;
    });
}

Result<Session> readSession(const ProjectFile& file, int64_t id) {
    return guarded(file.path(), [&]() -> Result<Session> {
        SQLite::Database& database = file.database();
        // One read transaction, so that all tables are read in one state.
        SQLite::Transaction transaction(database);
        SQLite::Statement row(
            database, "SELECT " + std::string(kHead) + ", raw_log FROM session WHERE id = ?");
        bindAll(row, id);
        if (!row.executeStep())
            return fail("no session " + std::to_string(id), file.path().string(),
                        "list the sessions");
        Session session;
        session.id = id;
        session.name = row.getColumn(1).getString();
        session.format = row.getColumn(2).getString();
        session.startedAt = row.getColumn(3).getString();
        session.conditions = conditionsOf(row);
        session.rawLog = blobText(row.getColumn(17));
        session.warnings = readWarnings(database, id);
        session.measurements = readMeasurements(database, id);
        session.outputs = readOutputs(database, id);
        session.traces = readTraces(database, id);
        if (const std::string fault = faultOf(session); !fault.empty())
            return fail("is damaged (" + fault + ")", file.path().string(),
                        "use a copy of it from before");
        return session;
    });
}

Result<Session> readSession(const ProjectFile& file, const std::string& name) {
    const auto id = guarded(file.path(), [&]() -> Result<int64_t> {
        SQLite::Statement row(file.database(), "SELECT id FROM session WHERE name = ?");
        bindAll(row, name);
        if (!row.executeStep())
            return fail("no session '" + name + "'", file.path().string(),
                        knownNames(file.database()));
        return row.getColumn(0).getInt64();
    });
    if (!id) return tl::unexpected(id.error());
    return readSession(file, *id);
}

}  // namespace store

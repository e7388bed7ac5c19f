// SPDX-License-Identifier: GPL-3.0-or-later
// The two CSV files of Arm's Vela compiler: *_summary_*.csv, one row per network, and
// *_per-layer.csv, one row per operator. All numbers are a compiler's estimates for an Ethos-U;
// none is measured. Memory in the summary is in KiB. Source: ethos-u-vela, PERFORMANCE.md and
// npu_performance.py.

#include "importers/importer_list.h"
#include "importers/parts/csv_reader.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

constexpr const char* kEstimates = "Vela's numbers are a compiler's estimates, not measurements";

bool matchesSummary(const LogFile& file) {
    const auto line = std::string_view(file.bytes).substr(0, file.bytes.find('\n'));
    return contains(line, "accelerator_configuration") && contains(line, "cycles_total");
}

bool matchesLayers(const LogFile& file) {
    const auto line = std::string_view(file.bytes).substr(0, file.bytes.find('\n'));
    return (contains(line, "TFLite_operator") || contains(line, "Original Operator")) &&
           contains(line, "Op Cycles");
}

struct SummaryColumn {
    const char* name;
    const char* key;
    Quantity quantity;
    double factor;
};

constexpr SummaryColumn kSummary[] = {
    {"inference_time", types::kWhole, Quantity::LatencyUs, 1e6},
    {"inferences_per_second", types::kWhole, Quantity::PerSecond, 1},
    {"cycles_total", types::kWhole, Quantity::Cycles, 1},
    {"cycles_npu", "npu", Quantity::Cycles, 1},
    {"cycles_sram_access", "access/SRAM", Quantity::Cycles, 1},
    {"cycles_dram_access", "access/DRAM", Quantity::Cycles, 1},
    {"cycles_on_chip_flash_access", "access/on-chip flash", Quantity::Cycles, 1},
    {"cycles_off_chip_flash_access", "access/off-chip flash", Quantity::Cycles, 1},
    {"nn_macs", types::kWhole, Quantity::Count, 1},
    {"sram_memory_used", "memory/SRAM", Quantity::Bytes, 1024},
    {"dram_memory_used", "memory/DRAM", Quantity::Bytes, 1024},
    {"on_chip_flash_memory_used", "memory/on-chip flash", Quantity::Bytes, 1024},
    {"off_chip_flash_memory_used", "memory/off-chip flash", Quantity::Bytes, 1024},
};

/// Cells of one row by column name; empty where there is no such column.
class VelaRow {
public:
    VelaRow(const CsvReader& rows, const std::vector<std::string>& cells)
        : m_rows(rows), m_cells(cells) {}
    std::string text(const char* name) const {
        const auto column = static_cast<size_t>(m_rows.column(name));
        return column < m_cells.size() ? m_cells[column] : std::string();
    }

private:
    const CsvReader& m_rows;
    const std::vector<std::string>& m_cells;
};

void addEstimate(types::Measurement& measurement, double value) {
    measurement.samples.push_back(value);
    measurement.estimated = true;
}

types::Session summaryOf(const VelaRow& row) {
    SessionBuilder builder(kVelaSummary.name);
    types::Conditions& conditions = builder.conditions();
    conditions.modelName = row.text("network");
    conditions.core = row.text("accelerator_configuration");
    conditions.clockMhz = numberOf(row.text("core_clock")).value_or(0) / 1e6;
    conditions.runtime = "Vela";
    builder.session().name = conditions.modelName;
    builder.note("system_config", row.text("system_config"));
    builder.note("memory_mode", row.text("memory_mode"));
    for (const SummaryColumn& column : kSummary)
        if (const auto value = numberOf(row.text(column.name)))
            addEstimate(builder.at(column.key, column.quantity), *value * column.factor);
    builder.warn(kEstimates);
    return builder.take();
}

types::Result<Sessions> readSummary(const LogInput& input, const ImportOptions&) {
    CsvReader rows(input.main().bytes);
    Sessions sessions;
    for (std::vector<std::string> cells; rows.next(cells);) {
        types::Session session = summaryOf(VelaRow(rows, cells));
        if (!session.measurements.empty()) sessions.push_back(std::move(session));
    }
    if (sessions.empty())
        return types::fail("the summary has no row below its header", input.name, "run Vela again");
    return sessions;
}

void addLayer(const VelaRow& row, int32_t index, SessionBuilder& builder) {
    std::string op = row.text("TFLite_operator");
    if (op.empty()) op = row.text("Original Operator");
    const std::string name = row.text("Name");
    const auto add = [&](Quantity quantity, const std::string& text) {
        const auto value = numberOf(text);
        if (!value) return;
        types::Measurement& measurement = builder.atLayer(index, op, quantity);
        addEstimate(measurement, *value);
        measurement.note.clear();
        addNote(measurement.note, "name", name);
        addNote(measurement.note, "npu operator", row.text("NNG Operator"));
    };
    const std::string memory = row.text("SRAM Usage");
    add(Quantity::Cycles, row.text("Op Cycles"));
    add(Quantity::Count, row.text("MAC Count"));
    add(Quantity::Bytes, memory.empty() ? row.text("Staging Usage") : memory);
}

types::Result<Sessions> readLayers(const LogInput& input, const ImportOptions&) {
    CsvReader rows(input.main().bytes);
    SessionBuilder builder(kVelaLayers.name);
    builder.conditions().runtime = "Vela";
    int32_t index = 0;
    for (std::vector<std::string> cells; rows.next(cells);) {
        const VelaRow row(rows, cells);
        // Files of several networks repeat the header.
        if (numberOf(row.text("Op Cycles"))) addLayer(row, index++, builder);
    }
    if (index == 0)
        return types::fail("the table has no row with a number below 'Op Cycles'", input.name,
                           "run Vela with --verbose-performance again");
    builder.warn(kEstimates);
    builder.warn("Vela splits and fuses operators: rows are in its order, not in the model's");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kVelaSummary = {"vela-summary", "Arm Vela summary CSV: estimated cycles and memory",
                               matchesSummary, readSummary};

const Importer kVelaLayers = {"vela-layers",
                              "Arm Vela per-layer CSV: estimated cycles, MACs and memory",
                              matchesLayers, readLayers};

}  // namespace importers

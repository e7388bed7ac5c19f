// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/record_table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "cost/fit/csv_rows.h"

namespace studies {
namespace {

using cost::CsvRow;

struct NumberColumn {
    const char* name;
    double Record::*field;
    double unit;  ///< factor from the column's unit to the field's
};

/// The first column that holds a number sets the field. Heim's tables give time in microseconds
/// where the board measured it and in seconds where the instrument did. Their "MACs" column does
/// not count MACs and is not read.
constexpr NumberColumn kNumbers[] = {
    {"latency_us", &Record::latencyUs, 1},
    {"latency_ms", &Record::latencyUs, 1e3},
    {"latency_s", &Record::latencyUs, 1e6},
    {"ms_op", &Record::latencyUs, 1e3},
    {"tflu_mcu_benchmark_mean", &Record::latencyUs, 1},
    {"tflu_mcu_benchmark_mean_50", &Record::latencyUs, 1},
    {"latency_mean", &Record::latencyUs, 1e6},
    {"layer_latency_mean", &Record::latencyUs, 1e6},
    {"instructions", &Record::instructions, 1},
    {"power_mw", &Record::powerMw, 1},
    {"power_mW", &Record::powerMw, 1},
    {"energy_run_mean_power_mW", &Record::powerMw, 1},
    {"mean_power_mW", &Record::powerMw, 1},
    {"power_mean", &Record::powerMw, 1e3},
    {"layer_power_mean", &Record::powerMw, 1e3},
    {"energy_uj", &Record::energyUj, 1},
    {"energy_uJ_per_inf", &Record::energyUj, 1},
    {"energy_mj", &Record::energyUj, 1e3},
    {"energy_mJ", &Record::energyUj, 1e3},
    {"energy_mean", &Record::energyUj, 1e6},
    {"layer_energy_mean", &Record::energyUj, 1e6},
    {"macs", &Record::macs, 1},
    {"macs_computed", &Record::macs, 1},

    {"mops", &Record::ops, 1e6},
    {"Mops_2perMAC", &Record::ops, 1e6},
    {"out_elements", &Record::outputs, 1},
    {"clock_mhz", &Record::clockMhz, 1},
    {"clock_mhz_assumed", &Record::clockMhz, 1},
};

struct TextColumn {
    const char* name;
    std::string Record::*field;
};

constexpr TextColumn kTexts[] = {
    {"board", &Record::board},     {"mcu", &Record::board},
    {"model", &Record::model},     {"model_name", &Record::model},
    {"network", &Record::model},   {"benchmark", &Record::model},
    {"family", &Record::family},   {"backbone", &Record::family},
    {"dataset", &Record::family},  {"op", &Record::op},
    {"sitting", &Record::sitting}, {"source", &Record::source},
};

/// Columns of other conditions, and their names in the setup.
constexpr std::array<const char*, 2> kSetup[] = {
    {"runtime", "runtime"},
    {"kernels", "kernels"},
    {"cmsis-nn", "kernels"},
    {"backend", "kernels"},
    {"library", "kernels"},
    {"compiler_flags", "compiler flags"},
    {"compiler_optimization", "compiler flags"},
    {"fpu", "FPU"},
    {"FPU_status", "FPU"},
    {"numbers", "numbers"},
    {"model_type", "numbers"},
    {"dtype", "numbers"},
};

double numberIn(const std::string& text) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    return end != text.c_str() && *end == '\0' && std::isfinite(number) && number > 0 ? number : 0;
}

/// Replaces abbreviations of published tables by plain words.
std::string clean(const std::string& dimension, std::string value) {
    if (dimension == "FPU" && (value == "0" || value == "1"))
        return value == "1" ? "FPU on" : "FPU off";
    if (dimension == "kernels" && (value == "none" || value == "cmsis"))
        return value == "none" ? "reference" : "cmsis-nn";
    if (dimension == "numbers" && value.starts_with("W-")) {
        const size_t second = value.find("_A-");
        const std::string weights = value.substr(2, second - 2);
        const std::string rest = second == std::string::npos ? weights : value.substr(second + 3);
        return weights == rest ? weights : weights + " weights, " + rest;
    }
    // Drops the runtime's download address.
    return value.substr(0, value.find("='"));
}

/// Drops the converter's options: the "numbers" condition records them.
std::string modelName(const std::string& text) {
    const size_t end = std::min(text.find("_none_tflite"), text.find("_optimized_tflite"));
    return text.substr(0, end);
}

std::string lettersOf(const std::string& text) {
    std::string letters;
    for (unsigned char c : text)
        if (std::isalnum(c)) letters += static_cast<char>(std::tolower(c));
    return letters;
}

/// MLPerf: submitter and round, and the system where it is more than the board.
std::string sittingOf(const CsvRow& row) {
    const std::string &submitter = row["submitter"], &system = row["system_id"];
    if (submitter.empty()) return {};
    const bool isBoard = lettersOf(system) == lettersOf(row["board"]);
    return submitter + " " + row["round"] + (isBoard ? "" : " " + system);
}

Record recordOf(const CsvRow& row) {
    Record record;
    for (const NumberColumn& column : kNumbers)
        if (record.*column.field == 0)
            record.*column.field = numberIn(row[column.name]) * column.unit;
    for (const TextColumn& column : kTexts)
        if ((record.*column.field).empty()) record.*column.field = row[column.name];
    record.model = modelName(record.model);
    if (!record.op.empty() && !row["kernel"].empty()) record.op += " " + row["kernel"];
    if (record.board.empty() && !row["cpu"].empty()) record.board = "emulated-" + row["cpu"];
    for (const auto& [column, dimension] : kSetup)
        if (!row[column].empty() && record.setup[dimension].empty())
            record.setup[dimension] = clean(dimension, row[column]);
    if (record.sitting.empty()) record.sitting = sittingOf(row);
    return record;
}

/// "latency_s_STM32F746ZG", "energy_mJ_F746ZG": the boards that columns are named after.
struct WideBoard {
    std::string name, latencyColumn, energyColumn;
};

std::vector<WideBoard> wideBoards(const CsvRow& row) {
    constexpr std::string_view kLatency = "latency_s_", kEnergy = "energy_mJ_";
    std::vector<WideBoard> boards;
    for (const std::string& column : row.columns())
        if (column.starts_with(kLatency))
            boards.push_back({column.substr(kLatency.size()), column, ""});
    for (const std::string& column : row.columns())
        for (WideBoard& board : boards)
            if (column.starts_with(kEnergy) && board.name.ends_with(column.substr(kEnergy.size())))
                board.energyColumn = column;
    return boards;
}

void addRow(const CsvRow& row, Records& records) {
    Record record = recordOf(row);
    const auto keep = [&] {
        // Some tables have summary rows in brackets, which are no operators.
        if (record.op.starts_with('(')) return;
        if (record.latencyUs == 0 && record.instructions == 0 && record.powerMw == 0) return;
        complete(record);
        records.push_back(record);
    };
    const auto boards = wideBoards(row);
    if (boards.empty()) return keep();
    for (const WideBoard& board : boards) {
        record = recordOf(row);
        record.board = board.name;
        record.latencyUs = numberIn(row[board.latencyColumn]) * 1e6;
        record.energyUj = numberIn(row[board.energyColumn]) * 1e3;
        keep();
    }
}

/// Sets the table's source: the rows' common one, or the table's name where rows differ.
void nameSource(const std::string& table, Records& records) {
    const std::string first = records.front().source;
    const bool isCommon = !first.empty() && std::ranges::all_of(records, [&](const Record& record) {
        return record.source == first;
    });
    for (Record& record : records)
        record.source = table + (isCommon ? " (" + first + ")" : "");
}

}  // namespace

types::Result<Records> readRecords(const std::filesystem::path& table) {
    const auto rows = cost::readCsvRows(table);
    if (!rows) return tl::unexpected(rows.error());
    Records records;
    for (const CsvRow& row : *rows)
        addRow(row, records);
    if (records.empty())
        return types::fail("no row of the table holds a latency, instructions or power",
                           table.string(), "name the columns latency_ms, power_mw, macs, ...");
    nameSource(table.filename().string(), records);
    return records;
}

}  // namespace studies

// SPDX-License-Identifier: GPL-3.0-or-later
// A table of executed instructions, one row per operator of one inference, as an emulator's plugin
// counts them for another runtime:
//   op_index,op,macs,instructions,loads,stores,macs_insn,muls,divs,branches,branches_taken,other
// Columns may be in any order, with others between them. `branches` counts taken and not taken
// ones; multiplications without a sum and divisions are "other" here. The classes are converted to
// those of our own emulated boards (types/instruction_mix.h), so that both can be compared layer by
// layer.
//
// The table does not name its runtime; the functions with most instructions (`top_functions`)
// identify it.

#include <array>
#include <cstdint>

#include "importers/importer_list.h"
#include "importers/parts/csv_reader.h"
#include "importers/parts/op_tags.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"
#include "types/instruction_mix.h"

namespace importers {
namespace {

using types::Quantity;

constexpr const char* kNeeded[] = {"op_index", "op",        "macs",     "instructions",   "loads",
                                   "stores",   "macs_insn", "branches", "branches_taken", "other"};

bool matchesInstructionCounts(const LogFile& file) {
    const CsvReader rows(file.bytes);
    for (const char* column : kNeeded)
        if (rows.column(column) < 0) return false;
    return true;
}

/// One row; cells are accessed by column name.
class Row {
public:
    Row(const CsvReader& table, const std::vector<std::string>& cells)
        : m_table(table), m_cells(cells) {}

    std::string text(const char* column) const {
        const int place = m_table.column(column);
        return place < 0 || static_cast<size_t>(place) >= m_cells.size()
                   ? std::string()
                   : m_cells[static_cast<size_t>(place)];
    }
    /// Returns 0 where the column is missing or empty.
    double number(const char* column) const { return numberOf(text(column)).value_or(0); }

private:
    const CsvReader& m_table;
    const std::vector<std::string>& m_cells;
};

/// In the order of types::kInstructionClasses.
std::array<double, types::kInstructionClasses.size()> classesOf(const Row& row) {
    const double taken = row.number("branches_taken");
    return {row.number("loads"),
            row.number("stores"),
            row.number("macs_insn"),
            taken,
            row.number("branches") - taken,
            row.number("other") + row.number("muls") + row.number("divs")};
}

struct Sums {
    double instructions = 0, macs = 0;
    std::array<double, types::kInstructionClasses.size()> classes{};
};

void addCounts(SessionBuilder& builder, const std::string& key, const Sums& counts) {
    builder.add(key, Quantity::Instructions, counts.instructions);
    for (size_t c = 0; c < counts.classes.size(); ++c)
        builder.add(types::keyWithin(key, types::kInstructionClasses[c]), Quantity::Count,
                    counts.classes[c]);
    builder.add(types::keyWithin(key, types::kMacsOfLayer), Quantity::Count, counts.macs);
}

/// Returns false where the row names no operator, repeats an operator, or has classes that do not
/// sum to its instructions.
bool takeRow(const Row& row, SessionBuilder& builder, Sums& whole) {
    const auto index = integerOf(row.text("op_index"));
    const auto instructions = numberOf(row.text("instructions"));
    const Sums counts{instructions.value_or(0), row.number("macs"), classesOf(row)};
    double sum = 0;
    for (const double count : counts.classes)
        sum += count;
    if (!index || *index < 0 || *index > INT32_MAX || !instructions || sum != *instructions)
        return false;
    const std::string op = opTag(row.text("op"));
    const auto layer = static_cast<int32_t>(*index);
    const std::string key = types::layerKey(layer, op);
    if (!builder.at(key, Quantity::Instructions).samples.empty()) return false;
    const size_t first = builder.session().measurements.size() - 1;
    addCounts(builder, key, counts);
    auto& all = builder.session().measurements;
    for (size_t i = first; i < all.size(); ++i) {
        all[i].layer = layer;
        all[i].op = op;
    }
    addNote(all[first].note, "in_shape", row.text("in_shape"));
    addNote(all[first].note, "out_shape", row.text("out_shape"));
    whole.instructions += counts.instructions;
    whole.macs += counts.macs;
    for (size_t c = 0; c < counts.classes.size(); ++c)
        whole.classes[c] += counts.classes[c];
    return true;
}

/// Derives runtime and kernels from the names of the functions that ran.
void takeFunctions(const std::string& functions, double vectors, types::Conditions& conditions) {
    if (functions.find("tflite") != std::string::npos) conditions.runtime = "TFLM";
    if (functions.find("arm_") != std::string::npos) conditions.kernels = "CMSIS-NN";
    if (vectors > 0 && conditions.kernels == "CMSIS-NN") conditions.core = "Cortex-M55";
}

types::Result<Sessions> readInstructionCounts(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kInstructionCounts.name);
    types::Conditions& conditions = builder.conditions();
    conditions.source = types::MeasurementSource::Emulator;
    CsvReader rows(input.main().bytes);
    Sums whole;
    size_t leftOut = 0;
    for (std::vector<std::string> cells; rows.next(cells);) {
        const Row row(rows, cells);
        if (!takeRow(row, builder, whole)) ++leftOut;
        takeFunctions(row.text("top_functions"), row.number("mve_insn"), conditions);
    }
    if (builder.session().measurements.empty())
        return types::fail("the table holds no operator with its instructions", input.name,
                           "rows need op_index, instructions and classes that sum to them");
    if (conditions.runtime == "TFLM" && conditions.kernels.empty())
        conditions.kernels = "reference";
    if (leftOut > 0)
        builder.warn(
            std::to_string(leftOut) +
            " rows are left out: no operator, one already counted, or classes that do not sum");
    addCounts(builder, types::kWhole, whole);
    return Sessions{builder.take()};
}

}  // namespace

const Importer kInstructionCounts = {
    "instruction-counts",
    "CSV of an emulator: executed instructions and their classes per operator",
    matchesInstructionCounts, readInstructionCounts};

}  // namespace importers

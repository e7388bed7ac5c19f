// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/evaluation_table.h"

#include "store/statements.h"

namespace store {
namespace {

using namespace types;

using Number = std::optional<double>;

Number middle(const std::optional<Estimate>& e) {
    return e ? Number(e->value) : std::nullopt;
}
Number low(const std::optional<Estimate>& e) {
    return e ? Number(e->low) : std::nullopt;
}
Number high(const std::optional<Estimate>& e) {
    return e ? Number(e->high) : std::nullopt;
}

std::optional<int64_t> used(const std::optional<Budget>& budget) {
    return budget ? std::optional(budget->usedBytes) : std::nullopt;
}
std::optional<int64_t> limit(const std::optional<Budget>& budget) {
    return budget ? std::optional(budget->limitBytes) : std::nullopt;
}

/// Reads three columns: value, low, high.
std::optional<Estimate> estimateAt(SQLite::Statement& row, int column) {
    if (row.getColumn(column).isNull()) return std::nullopt;
    return Estimate{row.getColumn(column).getDouble(), row.getColumn(column + 1).getDouble(),
                    row.getColumn(column + 2).getDouble()};
}

/// Reads two columns: used, limit.
std::optional<MemoryUse> memoryAt(SQLite::Statement& row, int column) {
    if (row.getColumn(column).isNull()) return std::nullopt;
    return MemoryUse{row.getColumn(column).getInt64(), row.getColumn(column + 1).getInt64()};
}

constexpr const char* kColumns =
    "variation_id, device, macs, ops, params, weight_bytes, model_bytes, peak_activation_bytes, "
    "arena_bytes, latency_us, latency_low_us, latency_high_us, energy_uj, energy_low_uj, "
    "energy_high_uj, accuracy, accuracy_low, accuracy_high, agreement, sqnr_db, flash_used_bytes, "
    "flash_limit_bytes, sram_used_bytes, sram_limit_bytes";

EvaluationEntry entryAt(SQLite::Statement& row) {
    EvaluationEntry entry;
    entry.variation = row.getColumn(0).getInt64();
    entry.device = row.getColumn(1).getString();
    Totals& t = entry.totals;
    int column = 2;
    for (int64_t* total : {&t.macs, &t.ops, &t.params, &t.weightBytes, &t.modelBytes,
                           &t.peakActivationBytes, &t.arenaBytes})
        *total = row.getColumn(column++).getInt64();
    t.latencyUs = estimateAt(row, 9);
    t.energyUj = estimateAt(row, 12);
    t.accuracy = estimateAt(row, 15);
    t.agreement = optionalNumber<double>(row.getColumn(18));
    t.sqnrDb = optionalNumber<double>(row.getColumn(19));
    entry.flash = memoryAt(row, 20);
    entry.sram = memoryAt(row, 22);
    entry.id = row.getColumn(24).getInt64();
    entry.evaluatedAt = row.getColumn(25).getString();
    return entry;
}

}  // namespace

Result<int64_t> storeEvaluation(ProjectFile& file, int64_t variation,
                                const Evaluation& evaluation) {
    return guarded(file.path(), [&]() -> Result<int64_t> {
        SQLite::Statement row(file.database(),
                              "INSERT OR REPLACE INTO evaluation (" + std::string(kColumns) +
                                  ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        const Totals& t = evaluation.totals;
        bindAll(row, variation, evaluation.device ? evaluation.device->id : std::string(), t.macs,
                t.ops, t.params, t.weightBytes, t.modelBytes, t.peakActivationBytes, t.arenaBytes,
                middle(t.latencyUs), low(t.latencyUs), high(t.latencyUs), middle(t.energyUj),
                low(t.energyUj), high(t.energyUj), middle(t.accuracy), low(t.accuracy),
                high(t.accuracy), t.agreement, t.sqnrDb, used(evaluation.flash),
                limit(evaluation.flash), used(evaluation.sram), limit(evaluation.sram));
        return insertRow(file.database(), row);
    });
}

Result<std::vector<EvaluationEntry>> listEvaluations(const ProjectFile& file, int64_t model) {
    return guarded(file.path(), [&]() -> Result<std::vector<EvaluationEntry>> {
        SQLite::Statement row(file.database(),
                              "SELECT " + std::string(kColumns) +
                                  ", evaluation.id, evaluated_at FROM evaluation JOIN variation "
                                  "ON variation.id = variation_id WHERE model_id = ? "
                                  "ORDER BY variation_id, device");
        bindAll(row, model);
        std::vector<EvaluationEntry> entries;
        while (row.executeStep())
            entries.push_back(entryAt(row));
        return entries;
    });
}

}  // namespace store

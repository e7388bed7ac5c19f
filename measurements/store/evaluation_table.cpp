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

/// Nothing where a part of the need is unknown.
std::optional<int64_t> used(const std::optional<Budget>& budget) {
    return budget && budget->isKnown() ? std::optional(budget->usedBytes) : std::nullopt;
}
std::optional<int64_t> limit(const std::optional<Budget>& budget) {
    return budget ? std::optional(budget->limitBytes) : std::nullopt;
}

constexpr const char* kColumns =
    "variation_id, device, macs, ops, params, weight_bytes, model_bytes, peak_activation_bytes, "
    "arena_bytes, latency_us, latency_low_us, latency_high_us, energy_uj, energy_low_uj, "
    "energy_high_uj, accuracy, accuracy_low, accuracy_high, agreement, sqnr_db, flash_used_bytes, "
    "flash_limit_bytes, sram_used_bytes, sram_limit_bytes";

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

}  // namespace store

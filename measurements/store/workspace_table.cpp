// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace_table.h"

#include <cmath>

#include "store/statements.h"

namespace store {
namespace {

using namespace types;

/// A figure of the duty cycle; 0 where the file holds none that makes sense.
double figureOf(const SQLite::Column& column) {
    const double value = column.getDouble();
    return std::isfinite(value) && value > 0 ? value : 0;
}

StoredWorkspace workspaceOf(SQLite::Statement& row) {
    StoredWorkspace w;
    w.knobs = shortText(row.getColumn(0));
    w.showsTrained = row.getColumn(1).getInt() != 0;
    w.modelPath = shortText(row.getColumn(2));
    w.board = shortText(row.getColumn(3));
    w.boardProfile = shortText(row.getColumn(4));
    w.dataPath = shortText(row.getColumn(5));
    w.duty = {figureOf(row.getColumn(6)), figureOf(row.getColumn(7)), figureOf(row.getColumn(8))};
    w.page = shortText(row.getColumn(9));
    w.layer = row.getColumn(10).getInt();
    w.savedAs = shortText(row.getColumn(11));
    w.isUnsaved = row.getColumn(12).getInt() != 0;
    return w;
}

}  // namespace

Result<void> storeWorkspace(ProjectFile& file, const StoredWorkspace& w) {
    return guarded(file.path(), [&]() -> Result<void> {
        SQLite::Database& database = file.database();
        Change change(database);
        SQLite::Statement row(
            database,
            "INSERT OR REPLACE INTO workspace (id, knobs, shows_trained, model_path, board, "
            "board_profile, data_path, period_ms, sleep_mw, battery_mwh, page, layer, saved_as, "
            "is_unsaved) VALUES (1,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        bindAll(row, w.knobs, int(w.showsTrained), w.modelPath, w.board, w.boardProfile, w.dataPath,
                w.duty.periodMs, w.duty.sleepPowerMw, w.duty.batteryMwh, w.page, w.layer, w.savedAs,
                int(w.isUnsaved));
        row.exec();
        database.exec("DELETE FROM picked_layer");
        SQLite::Statement picked(database, "INSERT INTO picked_layer VALUES (?)");
        for (const int32_t layer : w.layers) {
            bindAll(picked, layer);
            insertRow(database, picked);
        }
        change.commit();
        return {};
    });
}

Result<std::optional<StoredWorkspace>> readWorkspace(const ProjectFile& file) {
    return guarded(file.path(), [&]() -> Result<std::optional<StoredWorkspace>> {
        SQLite::Statement row(
            file.database(),
            "SELECT knobs, shows_trained, model_path, board, board_profile, data_path, period_ms, "
            "sleep_mw, battery_mwh, page, layer, saved_as, is_unsaved FROM workspace");
        if (!row.executeStep()) return std::optional<StoredWorkspace>();
        StoredWorkspace workspace = workspaceOf(row);
        SQLite::Statement picked(file.database(), "SELECT layer FROM picked_layer ORDER BY layer");
        while (picked.executeStep())
            workspace.layers.push_back(picked.getColumn(0).getInt());
        return std::optional(std::move(workspace));
    });
}

}  // namespace store

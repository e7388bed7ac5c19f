// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/mark_table.h"

#include "store/statements.h"

namespace store {

using namespace types;

Result<void> storeMarks(ProjectFile& file, int64_t model, const std::vector<MarkEntry>& marks) {
    return guarded(file.path(), [&]() -> Result<void> {
        SQLite::Database& database = file.database();
        Change change(database);
        SQLite::Statement clear(database, "DELETE FROM mark WHERE model_id = ?");
        bindAll(clear, model);
        clear.exec();
        SQLite::Statement row(database,
                              "INSERT INTO mark (model_id, knobs, name, note, is_starred, "
                              "is_deleted) VALUES (?,?,?,?,?,?)");
        for (const MarkEntry& mark : marks) {
            bindAll(row, model, mark.knobs, mark.name, mark.note, int(mark.isStarred),
                    int(mark.isDeleted));
            row.exec();
            row.reset();
        }
        change.commit();
        return {};
    });
}

Result<std::vector<MarkEntry>> listMarks(const ProjectFile& file, int64_t model) {
    return guarded(file.path(), [&]() -> Result<std::vector<MarkEntry>> {
        SQLite::Statement row(file.database(),
                              "SELECT knobs, name, note, is_starred, is_deleted FROM mark "
                              "WHERE model_id = ? ORDER BY knobs");
        bindAll(row, model);
        std::vector<MarkEntry> marks;
        while (row.executeStep())
            marks.push_back({shortText(row.getColumn(0)), shortText(row.getColumn(1)),
                             shortText(row.getColumn(2)), row.getColumn(3).getInt() != 0,
                             row.getColumn(4).getInt() != 0});
        return marks;
    });
}

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/model_table.h"

#include "bytes/sha256.h"
#include "store/statements.h"

namespace store {

using namespace types;

Result<int64_t> storeModel(ProjectFile& file, const std::string& name, const Bytes& model) {
    return guarded(file.path(), [&]() -> Result<int64_t> {
        SQLite::Database& database = file.database();
        const std::string hash = bytes::sha256(model.view());
        Change change(database);
        SQLite::Statement row(database,
                              "INSERT OR IGNORE INTO model (name, sha256, file) VALUES (?,?,?)");
        bindAll(row, name, hash);
        bindBytes(row, 3, model.data(), model.size());
        row.exec();
        SQLite::Statement known(database, "SELECT id FROM model WHERE sha256 = ?");
        bindAll(known, hash);
        known.executeStep();
        const int64_t id = known.getColumn(0).getInt64();
        change.commit();
        return id;
    });
}

Result<std::vector<ModelEntry>> listModels(const ProjectFile& file) {
    return guarded(file.path(), [&]() -> Result<std::vector<ModelEntry>> {
        SQLite::Statement row(file.database(),
                              "SELECT id, name, sha256, length(file) FROM model ORDER BY id");
        std::vector<ModelEntry> models;
        while (row.executeStep())
            models.push_back({row.getColumn(0).getInt64(), shortText(row.getColumn(1)),
                              shortText(row.getColumn(2)), row.getColumn(3).getInt64()});
        return models;
    });
}

Result<Bytes> readModel(const ProjectFile& file, int64_t model) {
    return guarded(file.path(), [&]() -> Result<Bytes> {
        SQLite::Statement row(file.database(), "SELECT sha256, file FROM model WHERE id = ?");
        bindAll(row, model);
        if (!row.executeStep())
            return fail("no model " + std::to_string(model), file.path().string(), "");
        const SQLite::Column content = row.getColumn(1);
        const auto* begin = static_cast<const uint8_t*>(content.getBlob());
        Bytes read(std::vector<uint8_t>(begin, begin + content.getBytes()));
        if (bytes::sha256(read.view()) != shortText(row.getColumn(0)))
            return fail("holds a model that was changed (its hash differs)", file.path().string(),
                        "use a copy of the project from before");
        return read;
    });
}

Result<int64_t> storeVariation(ProjectFile& file, int64_t model, const std::string& label,
                               const std::string& knobs) {
    return guarded(file.path(), [&]() -> Result<int64_t> {
        SQLite::Statement valid(file.database(), "SELECT json_valid(?)");
        bindAll(valid, knobs);
        valid.executeStep();
        if (valid.getColumn(0).getInt() == 0)
            return fail("knobs of variation '" + label + "' are not JSON", file.path().string(),
                        "");
        SQLite::Statement row(file.database(),
                              "INSERT INTO variation (model_id, label, knobs) VALUES (?,?,?) "
                              "ON CONFLICT DO UPDATE SET label = excluded.label RETURNING id");
        bindAll(row, model, label, knobs);
        row.executeStep();
        const int64_t id = row.getColumn(0).getInt64();
        while (row.executeStep()) {
        }
        return id;
    });
}

Result<void> removeVariation(ProjectFile& file, int64_t variation) {
    return guarded(file.path(), [&]() -> Result<void> {
        SQLite::Statement row(file.database(), "DELETE FROM variation WHERE id = ?");
        bindAll(row, variation);
        row.exec();
        return {};
    });
}

Result<std::vector<VariationEntry>> listVariations(const ProjectFile& file, int64_t model) {
    return guarded(file.path(), [&]() -> Result<std::vector<VariationEntry>> {
        SQLite::Statement row(
            file.database(),
            "SELECT id, label, knobs FROM variation WHERE model_id = ? ORDER BY id");
        bindAll(row, model);
        std::vector<VariationEntry> variations;
        while (row.executeStep())
            variations.push_back({row.getColumn(0).getInt64(), shortText(row.getColumn(1)),
                                  shortText(row.getColumn(2))});
        return variations;
    });
}

}  // namespace store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/training_table.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "bytes/sha256.h"
#include "store/statements.h"

namespace store {
namespace {

using namespace types;

/// Returns the id of the file, stored now or earlier.
int64_t storeTrainedFile(SQLite::Database& database, const Bytes& model) {
    const std::string hash = bytes::sha256(model.view());
    SQLite::Statement row(database,
                          "INSERT OR IGNORE INTO trained_file (sha256, file) VALUES (?,?)");
    bindAll(row, hash);
    bindBytes(row, 2, model.data(), model.size());
    row.exec();
    SQLite::Statement known(database, "SELECT id FROM trained_file WHERE sha256 = ?");
    bindAll(known, hash);
    known.executeStep();
    return known.getColumn(0).getInt64();
}

void storeLog(SQLite::Database& database, int64_t variation, const StoredTraining& training) {
    const Training& log = training.log;
    SQLite::Statement row(
        database,
        "INSERT INTO training (variation_id, file_id, original_id, epochs, seconds, train_samples, "
        "validation_samples, memory_bytes, best_epoch, seed, was_stopped, rounding_epochs, "
        "keeps_rounding, original_epochs, original_seconds, samples, learned) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    std::optional<int64_t> original;
    if (!training.original.empty()) original = storeTrainedFile(database, training.original);
    bindAll(row, variation, storeTrainedFile(database, training.model), original, log.epochs,
            log.seconds, log.trainSamples, log.validationSamples, log.memoryBytes, log.bestEpoch,
            log.seed, int(log.wasStopped), log.roundingEpochs, int(log.keepsRounding),
            log.originalEpochs, log.originalSeconds, training.samples);
    bindBytes(row, 17, training.learned.data(), training.learned.size() * sizeof(uint64_t));
    row.exec();
}

void storeEpochs(SQLite::Database& database, int64_t variation, const Training& log) {
    SQLite::Statement row(database,
                          "INSERT INTO training_epoch (variation_id, epoch, loss, validation_loss, "
                          "accuracy) VALUES (?,?,?,?,?)");
    const size_t epochs = std::min(log.loss.size(), log.validationLoss.size());
    for (size_t i = 0; i < epochs; ++i) {
        std::optional<double> accuracy;
        if (i < log.accuracy.size()) accuracy = log.accuracy[i];
        bindAll(row, variation, int64_t(i + 1), log.loss[i], log.validationLoss[i], accuracy);
        insertRow(database, row);
    }
}

void storeTexts(SQLite::Database& database, int64_t variation, const char* kind,
                const std::vector<std::string>& texts) {
    SQLite::Statement row(
        database,
        "INSERT INTO training_text (variation_id, kind, position, text) VALUES (?,?,?,?)");
    for (size_t i = 0; i < texts.size(); ++i) {
        bindAll(row, variation, kind, int64_t(i), texts[i]);
        insertRow(database, row);
    }
}

void storeOrigins(SQLite::Database& database, int64_t variation,
                  const std::vector<int32_t>& origins) {
    SQLite::Statement row(
        database, "INSERT INTO trained_operator (variation_id, position, origin) VALUES (?,?,?)");
    for (size_t i = 0; i < origins.size(); ++i) {
        bindAll(row, variation, int64_t(i), origins[i]);
        insertRow(database, row);
    }
}

Result<Bytes> readTrainedFile(const ProjectFile& file, int64_t id) {
    SQLite::Statement row(file.database(), "SELECT sha256, file FROM trained_file WHERE id = ?");
    bindAll(row, id);
    if (!row.executeStep()) return fail("lacks a trained model", file.path().string(), "");
    const SQLite::Column content = row.getColumn(1);
    const auto* begin = static_cast<const uint8_t*>(content.getBlob());
    Bytes model(std::vector<uint8_t>(begin, begin + content.getBytes()));
    if (bytes::sha256(model.view()) != row.getColumn(0).getString())
        return fail("holds a trained model that was changed (its hash differs)",
                    file.path().string(), "use a copy of the project from before");
    return model;
}

void readLog(SQLite::Statement& row, StoredTraining& training) {
    Training& log = training.log;
    log.epochs = row.getColumn(2).getInt();
    log.seconds = row.getColumn(3).getDouble();
    log.trainSamples = row.getColumn(4).getInt();
    log.validationSamples = row.getColumn(5).getInt();
    log.memoryBytes = row.getColumn(6).getInt64();
    log.bestEpoch = row.getColumn(7).getInt();
    log.seed = row.getColumn(8).getInt();
    log.wasStopped = row.getColumn(9).getInt() != 0;
    log.roundingEpochs = row.getColumn(10).getInt();
    log.keepsRounding = row.getColumn(11).getInt() != 0;
    log.originalEpochs = row.getColumn(12).getInt();
    log.originalSeconds = row.getColumn(13).getDouble();
    training.samples = row.getColumn(14).getString();
    const SQLite::Column learned = row.getColumn(15);
    training.learned.resize(static_cast<size_t>(learned.getBytes()) / sizeof(uint64_t));
    if (!training.learned.empty())
        std::memcpy(training.learned.data(), learned.getBlob(),
                    training.learned.size() * sizeof(uint64_t));
}

bool isSound(const Training& log) {
    const auto finite = [](const std::vector<double>& values) {
        return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
    };
    const auto epochs = static_cast<int32_t>(log.loss.size());
    return log.epochs >= 0 && log.bestEpoch >= 0 && log.bestEpoch <= epochs &&
           log.roundingEpochs >= 0 && std::isfinite(log.seconds) &&
           std::isfinite(log.originalSeconds) && finite(log.loss) && finite(log.validationLoss) &&
           finite(log.accuracy);
}

void readLists(SQLite::Database& database, int64_t variation, StoredTraining& training) {
    SQLite::Statement epoch(database,
                            "SELECT loss, validation_loss, accuracy FROM training_epoch WHERE "
                            "variation_id = ? ORDER BY epoch");
    bindAll(epoch, variation);
    while (epoch.executeStep()) {
        training.log.loss.push_back(epoch.getColumn(0).getDouble());
        training.log.validationLoss.push_back(epoch.getColumn(1).getDouble());
        if (!epoch.getColumn(2).isNull())
            training.log.accuracy.push_back(epoch.getColumn(2).getDouble());
    }
    SQLite::Statement text(database,
                           "SELECT kind, text FROM training_text WHERE variation_id = ? ORDER BY "
                           "kind, position");
    bindAll(text, variation);
    while (text.executeStep()) {
        const bool isChange = text.getColumn(0).getString() == "change";
        (isChange ? training.changes : training.log.notes).push_back(text.getColumn(1).getString());
    }
    SQLite::Statement op(database,
                         "SELECT origin FROM trained_operator WHERE variation_id = ? ORDER BY "
                         "position");
    bindAll(op, variation);
    while (op.executeStep())
        training.origins.push_back(op.getColumn(0).getInt());
}

}  // namespace

Result<void> storeTraining(ProjectFile& file, int64_t variation, const StoredTraining& training) {
    return guarded(file.path(), [&]() -> Result<void> {
        SQLite::Database& database = file.database();
        Change change(database);
        SQLite::Statement older(database, "DELETE FROM training WHERE variation_id = ?");
        bindAll(older, variation);
        older.exec();
        storeLog(database, variation, training);
        storeEpochs(database, variation, training.log);
        storeTexts(database, variation, "change", training.changes);
        storeTexts(database, variation, "note", training.log.notes);
        storeOrigins(database, variation, training.origins);
        database.exec(
            "DELETE FROM trained_file WHERE id NOT IN (SELECT file_id FROM training UNION SELECT "
            "original_id FROM training WHERE original_id IS NOT NULL)");
        change.commit();
        return {};
    });
}

Result<size_t> countTrainings(const ProjectFile& file) {
    return guarded(file.path(), [&]() -> Result<size_t> {
        return static_cast<size_t>(
            file.database().execAndGet("SELECT count(*) FROM training").getInt64());
    });
}

Result<std::optional<StoredTraining>> readTraining(const ProjectFile& file, int64_t variation) {
    return guarded(file.path(), [&]() -> Result<std::optional<StoredTraining>> {
        SQLite::Statement row(
            file.database(),
            "SELECT file_id, original_id, epochs, seconds, train_samples, validation_samples, "
            "memory_bytes, best_epoch, seed, was_stopped, rounding_epochs, keeps_rounding, "
            "original_epochs, original_seconds, samples, learned FROM training WHERE "
            "variation_id = ?");
        bindAll(row, variation);
        if (!row.executeStep()) return std::optional<StoredTraining>();
        StoredTraining training;
        readLog(row, training);
        auto model = readTrainedFile(file, row.getColumn(0).getInt64());
        if (!model) return tl::unexpected(model.error());
        training.model = std::move(*model);
        if (!row.getColumn(1).isNull()) {
            auto original = readTrainedFile(file, row.getColumn(1).getInt64());
            if (!original) return tl::unexpected(original.error());
            training.original = std::move(*original);
        }
        readLists(file.database(), variation, training);
        if (!isSound(training.log))
            return fail("is damaged (a training's curves)", file.path().string(),
                        "use a copy of it from before");
        return std::optional(std::move(training));
    });
}

}  // namespace store

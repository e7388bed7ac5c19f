// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sweep_sqlite.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "bytes/sha256.h"
#include "store/project_file.h"
#include "store/statements.h"
#include "store/sweep_schema.h"
#include "store/sweep_sqlite_items.h"

namespace store {

using namespace types;
using sweep::Acceptance;
using sweep::Claim;

namespace {

namespace fs = std::filesystem;

ino_t inodeOf(const fs::path& file) {
    struct stat status = {};
    return stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// Refuses what is not a sweep's file before anything is written to it.
Result<void> checkContent(SQLite::Database& database, const fs::path& file) {
    const auto id = static_cast<unsigned>(database.execAndGet("PRAGMA application_id").getInt64());
    const int tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    if (id == 0 && tables == 0) return {};
    if (id != kSweepApplicationId)
        return fail("is not the database of a sweep", file.string(), "choose another file");
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version > kSweepVersion)
        return fail("comes from a newer Netcaliper (file version " + std::to_string(version) + ")",
                    file.string(), "update the program");
    return {};
}

Result<void> checkBeginning(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return fail("is not a file", file.string(), "choose a file for the database");
    std::ifstream stream(file, std::ios::binary);
    char magic[16] = {};
    stream.read(magic, sizeof magic);
    if (stream.gcount() > 0 && std::string_view(magic, 15) != "SQLite format 3")
        return fail("is not the database of a sweep", file.string(), "choose another file");
    return {};
}

}  // namespace

SqliteSweepStore::SqliteSweepStore(fs::path file, std::unique_ptr<SQLite::Database> database)
    : m_file(std::move(file)), m_inode(inodeOf(m_file)), m_database(std::move(database)) {}
SqliteSweepStore::~SqliteSweepStore() = default;

Result<sweep::SweepStorePtr> SqliteSweepStore::open(const fs::path& file, IfMissing ifMissing) {
    std::error_code error;
    const bool exists = fs::exists(file, error);
    if (!exists && ifMissing == IfMissing::Refuse)
        return types::fail("does not exist", file.string(), "begin a sweep with this database");
    if (exists)
        if (auto checked = checkBeginning(file); !checked) return tl::unexpected(checked.error());
    return guarded(file, [&]() -> Result<sweep::SweepStorePtr> {
        const int create = ifMissing == IfMissing::Create ? SQLite::OPEN_CREATE : 0;
        auto database = std::make_unique<SQLite::Database>(
            file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | create,
            ProjectFile::kWaitMs);
        if (auto checked = checkContent(*database, file); !checked)
            return tl::unexpected(checked.error());
        database->exec("PRAGMA synchronous = FULL");
        return sweep::SweepStorePtr(new SqliteSweepStore(file, std::move(database)));
    });
}

Result<void> SqliteSweepStore::checkFile() const {
    if (inodeOf(m_file) == m_inode) return {};
    return types::fail("the database is gone, what it does not hold is lost", m_file.string(),
                       "put the file back and begin again: done items stay done");
}

template <typename Work>
auto SqliteSweepStore::writing(Work&& work) -> decltype(work()) {
    if (auto there = checkFile(); !there) return tl::unexpected(there.error());
    return guarded(m_file, [&]() -> decltype(work()) {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        auto result = work();
        if (result) transaction.commit();
        return result;
    });
}

Result<void> SqliteSweepStore::create(const sweep::Spec& wanted) {
    if (auto there = checkFile(); !there) return there;
    auto prepared = guarded(m_file, [&]() -> Result<void> {
        m_database->exec("PRAGMA journal_mode = WAL");
        return {};
    });
    if (!prepared) return prepared;
    return writing([&]() -> Result<void> {
        if (auto checked = checkContent(*m_database, m_file); !checked) return checked;
        m_database->exec("PRAGMA application_id = " + std::to_string(kSweepApplicationId));
        m_database->exec("PRAGMA user_version = " + std::to_string(kSweepVersion));
        m_database->exec(kSweepSchema);
        SQLite::Statement known(*m_database, "SELECT id FROM sweep WHERE id <> ?");
        known.bind(1, wanted.id);
        if (known.executeStep())
            return types::fail("holds another sweep (" + textOf(known.getColumn(0)).substr(0, 12) +
                                   ", not " + wanted.id.substr(0, 12) + ")",
                               m_file.string(), "choose a database of its own for each sweep");
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO sweep (id, spec) VALUES (?, ?) "
                                 "ON CONFLICT (id) DO NOTHING");
        bindAll(insert, wanted.id, wanted.text);
        insert.exec();
        return {};
    });
}

Result<sweep::Spec> SqliteSweepStore::spec() {
    if (auto there = checkFile(); !there) return tl::unexpected(there.error());
    return guarded(m_file, [&]() -> Result<sweep::Spec> {
        if (m_database->tableExists("sweep")) {
            SQLite::Statement statement(*m_database, "SELECT id, spec FROM sweep");
            if (statement.executeStep())
                return sweep::Spec{textOf(statement.getColumn(0)), textOf(statement.getColumn(1))};
        }
        return types::fail("holds no sweep", m_file.string(), "begin one with this database");
    });
}

Result<void> SqliteSweepStore::add(std::span<const sweep::NewItem> items) {
    return writing([&]() -> Result<void> {
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO item (item, variation) VALUES (?, ?) "
                                 "ON CONFLICT DO NOTHING");
        for (const sweep::NewItem& item : items) {
            bindAll(insert, item.item, item.variation);
            insert.exec();
            insert.reset();
        }
        return {};
    });
}

Result<std::vector<Claim>> SqliteSweepStore::claim(const std::string& owner, int32_t count,
                                                   double leaseSeconds) {
    return writing([&]() -> Result<std::vector<Claim>> {
        noteWorker(*m_database, owner, 0);
        auto claims = claimOpen(*m_database, owner, count, leaseSeconds);
        if (claims.empty()) claims = claimExpired(*m_database, owner, count, leaseSeconds);
        return claims;
    });
}

Result<std::vector<int64_t>> SqliteSweepStore::heartbeat(const std::string& owner,
                                                         std::span<const Claim> claims,
                                                         double leaseSeconds) {
    return writing([&]() -> Result<std::vector<int64_t>> {
        noteWorker(*m_database, owner, 0);
        SQLite::Statement extend(*m_database, "UPDATE item SET lease_end = " SWEEP_NOW
                                              " + ?4 WHERE item = ?1 AND "
                                              "state = 1 AND owner = ?2 AND attempt = ?3");
        std::vector<int64_t> lost;
        for (const Claim& each : claims) {
            bindAll(extend, each.item, owner, each.attempt, leaseSeconds);
            if (extend.exec() == 0) lost.push_back(each.item);
            extend.reset();
        }
        return lost;
    });
}

Result<void> SqliteSweepStore::release(const std::string& owner, std::span<const Claim> claims) {
    return writing([&]() -> Result<void> {
        SQLite::Statement open(*m_database,
                               "UPDATE item SET state = 0, attempt = attempt - 1, owner = NULL, "
                               "lease_end = NULL WHERE item = ? AND state = 1 AND owner = ? AND "
                               "attempt = ?");
        for (const Claim& each : claims) {
            bindAll(open, each.item, owner, each.attempt);
            open.exec();
            open.reset();
        }
        return {};
    });
}

Result<std::vector<Acceptance>> SqliteSweepStore::finish(const std::string& owner,
                                                         std::span<const sweep::Finished> answers) {
    return writing([&]() -> Result<std::vector<Acceptance>> {
        std::vector<Acceptance> accepted;
        for (const sweep::Finished& answer : answers)
            accepted.push_back(store(*m_database, owner, answer));
        noteWorker(*m_database, owner, std::ranges::count(accepted, Acceptance::Stored));
        return accepted;
    });
}

Result<void> SqliteSweepStore::fail(const std::string& owner, const Claim& claim,
                                    const std::string& message, bool isFinal) {
    return writing([&]() -> Result<void> {
        noteWorker(*m_database, owner, 0);
        if (!isLeased(*m_database, owner, claim)) return {};
        SQLite::Statement failure(*m_database,
                                  "INSERT OR REPLACE INTO failure (item, owner, message) "
                                  "VALUES (?, ?, ?)");
        bindAll(failure, claim.item, owner, message);
        failure.exec();
        SQLite::Statement owners(*m_database, "SELECT count(*) FROM failure WHERE item = ?");
        owners.bind(1, claim.item);
        owners.executeStep();
        if (isFinal || owners.getColumn(0).getInt() > sweep::kMostFailures) {
            failForGood(*m_database, claim.item, message, owner);
            return {};
        }
        SQLite::Statement open(
            *m_database,
            "UPDATE item SET state = 0, owner = NULL, lease_end = NULL WHERE item = ?");
        open.bind(1, claim.item);
        open.exec();
        return {};
    });
}

Result<sweep::SweepStatus> SqliteSweepStore::status() {
    if (auto holds = spec(); !holds) return tl::unexpected(holds.error());
    return guarded(m_file, [&]() -> Result<sweep::SweepStatus> {
        SQLite::Transaction snapshot(*m_database);
        sweep::SweepStatus status = countItems(*m_database);
        SQLite::Statement workers(
            *m_database,
            "SELECT owner, done, (SELECT count(*) FROM item WHERE state = 1 AND item.owner = "
            "worker.owner), " SWEEP_NOW " - seen FROM worker ORDER BY owner");
        while (workers.executeStep())
            status.workers.push_back({textOf(workers.getColumn(0)), workers.getColumn(1).getInt64(),
                                      workers.getColumn(2).getInt64(),
                                      std::max(0.0, workers.getColumn(3).getDouble())});
        return status;
    });
}

Result<std::vector<sweep::Outcome>> SqliteSweepStore::outcomesAfter(int64_t sequence,
                                                                    int32_t limit) {
    if (auto there = checkFile(); !there) return tl::unexpected(there.error());
    return guarded(m_file, [&]() -> Result<std::vector<sweep::Outcome>> {
        SQLite::Statement statement(
            *m_database,
            "SELECT sequence, item, variation, failed, document, digest, seconds FROM outcome "
            "JOIN item USING (item) WHERE sequence > ? ORDER BY sequence LIMIT ?");
        bindAll(statement, sequence, limit);
        std::vector<sweep::Outcome> outcomes;
        while (statement.executeStep())
            outcomes.push_back({statement.getColumn(0).getInt64(),
                                statement.getColumn(1).getInt64(), textOf(statement.getColumn(2)),
                                statement.getColumn(3).getInt() != 0,
                                textOf(statement.getColumn(4)), textOf(statement.getColumn(5)),
                                statement.getColumn(6).getDouble()});
        return outcomes;
    });
}

Result<void> SqliteSweepStore::keepModel(int64_t item, const Bytes& model,
                                         const std::string& sha256) {
    return writing([&]() -> Result<void> {
        SQLite::Statement insert(
            *m_database, "INSERT OR REPLACE INTO model (item, sha256, bytes) VALUES (?, ?, ?)");
        bindAll(insert, item, sha256);
        bindBytes(insert, 3, model.data(), model.size());
        insert.exec();
        return {};
    });
}

Result<void> SqliteSweepStore::dropModels(std::span<const int64_t> items) {
    if (items.empty()) return {};
    return writing([&]() -> Result<void> {
        SQLite::Statement remove(*m_database, "DELETE FROM model WHERE item = ?");
        for (int64_t item : items) {
            remove.bind(1, item);
            remove.exec();
            remove.reset();
        }
        return {};
    });
}

Result<std::optional<Bytes>> SqliteSweepStore::model(int64_t item) {
    if (auto there = checkFile(); !there) return tl::unexpected(there.error());
    return guarded(m_file, [&]() -> Result<std::optional<Bytes>> {
        SQLite::Statement statement(*m_database, "SELECT sha256, bytes FROM model WHERE item = ?");
        statement.bind(1, item);
        if (!statement.executeStep()) return std::optional<Bytes>();
        const SQLite::Column column = statement.getColumn(1);
        const auto* data = static_cast<const uint8_t*>(column.getBlob());
        Bytes bytes(std::vector<uint8_t>(data, data + column.getBytes()));
        if (bytes::sha256(bytes.view()) != textOf(statement.getColumn(0)))
            return types::fail("holds a model whose SHA-256 differs from the recorded one",
                               m_file.string(), "make the model again from its variation");
        return std::optional(std::move(bytes));
    });
}

}  // namespace store

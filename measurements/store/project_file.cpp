// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/project_file.h"

#include <unistd.h>

#include "store/file_check.h"
#include "store/schema_check.h"
#include "store/schema_steps.h"
#include "store/statements.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using namespace types;

/// Applies the schema steps that the file lacks, all or none.
void migrate(SQLite::Database& database) {
    const auto& steps = schemaSteps();
    const auto version = [&] { return database.execAndGet("PRAGMA user_version").getUInt(); };
    if (version() == steps.size()) return;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (size_t step = version(); step < steps.size(); ++step)
        database.exec(steps[step]);
    database.exec("PRAGMA user_version = " + std::to_string(steps.size()));
    transaction.commit();
}

std::unique_ptr<SQLite::Database> connect(const fs::path& path, int flags) {
    auto database = std::make_unique<SQLite::Database>(path.string(), flags | SQLite::OPEN_NOMUTEX,
                                                       ProjectFile::kWaitMs);
    distrust(*database);
    database->exec("PRAGMA foreign_keys = ON");
    database->exec("PRAGMA synchronous = FULL");
    return database;
}

/// Makes a complete, empty project under a temporary name.
void makeFile(const fs::path& path) {
    const auto database = connect(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database->exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    migrate(*database);
    database->exec("PRAGMA journal_mode = WAL");
}

void removeFile(const fs::path& path) {
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm"})
        fs::remove(fs::path(path) += ending, ignored);
}

/// True where the file is missing or empty.
bool isNew(const fs::path& path) {
    std::error_code error;
    return !fs::exists(path, error) ||
           (fs::is_regular_file(path, error) && fs::file_size(path, error) == 0 && !error);
}

/// Moves the complete file to its name, unless another process was first.
Result<void> moveInPlace(const fs::path& made, const fs::path& path) {
    std::error_code error;
    fs::create_hard_link(made, path, error);
    // An empty file already exists, or the file system has no hard links.
    if (error && isNew(path)) fs::rename(made, path, error);
    if (error && isNew(path))
        return fail("cannot be made: " + error.message(), path.string(), "choose another place");
    return {};
}

Result<void> create(const fs::path& path) {
    fs::path made = path;
    made += "." + std::to_string(getpid()) + ".new";
    const auto result = guarded(path, [&]() -> Result<void> {
        makeFile(made);
        return moveInPlace(made, path);
    });
    removeFile(made);
    return result;
}

}  // namespace

ProjectFile::ProjectFile(fs::path path, std::unique_ptr<SQLite::Database> database)
    : m_path(std::move(path)), m_database(std::move(database)) {}
ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

Result<ProjectFile> ProjectFile::open(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
        return fail("does not exist", path.string(), "store a session there first");
    if (!fs::is_regular_file(path, error))
        return fail("is not a file", path.string(), "choose a .netcaliper file");
    if (const auto checked = checkFile(path); !checked) return tl::unexpected(checked.error());
    return guarded(path, [&]() -> Result<ProjectFile> {
        auto database = connect(path, SQLite::OPEN_READWRITE);
        migrate(*database);
        return ProjectFile(path, std::move(database));
    });
}

Result<ProjectFile> ProjectFile::openOrCreate(const fs::path& path) {
    if (isNew(path))
        if (const auto created = create(path); !created) return tl::unexpected(created.error());
    return open(path);
}

Result<void> ProjectFile::inOneChange(const std::function<Result<void>()>& work) {
    return guarded(m_path, [&]() -> Result<void> {
        Change change(*m_database);
        if (auto done = work(); !done) return done;
        change.commit();
        return {};
    });
}

Result<void> ProjectFile::skipDiskWaits() {
    return guarded(m_path, [&]() -> Result<void> {
        m_database->exec("PRAGMA synchronous = NORMAL");
        return {};
    });
}

Result<void> ProjectFile::settle() {
    return guarded(m_path, [&]() -> Result<void> {
        m_database->exec("PRAGMA wal_checkpoint(PASSIVE)");
        return {};
    });
}

}  // namespace store

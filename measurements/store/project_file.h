// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProjectFile: an open .netcaliper file, which is one SQLite database (schema/*.sql, README.md).
//
// Safety: every change is one transaction in write-ahead mode, on the disk before the call returns;
// a process that is killed at any moment leaves whole sessions or none. A foreign, damaged or newer
// file is refused before anything is written. A new file is made under a temporary name and moved
// when it is complete.
//
// Thread rules: a ProjectFile is one connection and belongs to one thread. Another thread or
// process opens the file again; readers never wait, writers wait for each other up to kWaitMs.

#include <filesystem>
#include <functional>
#include <memory>

#include "types/result.h"

namespace SQLite {
class Database;
}

namespace store {

class ProjectFile {
public:
    /// How long a write waits for another process before it fails.
    static constexpr int kWaitMs = 30'000;

    /// Opens an existing file; migrates an older version to the newest.
    static types::Result<ProjectFile> open(const std::filesystem::path& path);
    /// The same, but creates a missing or empty file.
    static types::Result<ProjectFile> openOrCreate(const std::filesystem::path& path);

    ProjectFile(ProjectFile&&) noexcept;
    ProjectFile& operator=(ProjectFile&&) noexcept;
    ~ProjectFile();

    /// All that `work` stores is one change: all or nothing. Its Error undoes everything.
    types::Result<void> inOneChange(const std::function<types::Result<void>()>& work);
    /// From now on no change waits for the disk: it survives the end of this process at any moment,
    /// but a power cut only after settle(). The file stays whole in any case.
    types::Result<void> skipDiskWaits();
    /// Brings what was stored so far to the disk.
    types::Result<void> settle();

    const std::filesystem::path& path() const { return m_path; }
    /// Internal to this room.
    SQLite::Database& database() const { return *m_database; }

private:
    ProjectFile(std::filesystem::path path, std::unique_ptr<SQLite::Database> database);

    std::filesystem::path m_path;
    std::unique_ptr<SQLite::Database> m_database;
};

}  // namespace store

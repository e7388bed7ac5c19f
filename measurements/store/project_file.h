// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProjectFile: an open .netcaliper file, which is one SQLite database (schema/*.sql, README.md).
//
// Safety: every change is one transaction in write-ahead mode, on the disk before the call
// returns: a process that is killed at any moment leaves whole sessions or none. A file that is
// foreign, damaged or made by a newer version is refused before anything is written. A new file
// is made beside its name and moved there when it is complete.
//
// Thread rules: a ProjectFile is one connection and belongs to one thread. Another thread or
// process opens the file again; readers never wait, writers wait for each other up to kWaitMs.

#include <filesystem>
#include <memory>

#include "types/result.h"

namespace SQLite {
class Database;
}

namespace store {

class ProjectFile {
public:
    /// How long a write waits for that of another process before it gives up.
    static constexpr int kWaitMs = 30'000;

    /// Opens a file that exists; one of an older version is brought to the newest.
    static types::Result<ProjectFile> open(const std::filesystem::path& path);
    /// The same, and makes the file where there is none (or an empty one).
    static types::Result<ProjectFile> openOrCreate(const std::filesystem::path& path);

    ProjectFile(ProjectFile&&) noexcept;
    ProjectFile& operator=(ProjectFile&&) noexcept;
    ~ProjectFile();

    const std::filesystem::path& path() const { return m_path; }
    /// For this room only.
    SQLite::Database& database() const { return *m_database; }

private:
    ProjectFile(std::filesystem::path path, std::unique_ptr<SQLite::Database> database);

    std::filesystem::path m_path;
    std::unique_ptr<SQLite::Database> m_database;
};

}  // namespace store
